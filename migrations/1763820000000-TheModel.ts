import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The whole model: a table for each type, a table for each many-to-many edge, and the record of publications. */
export class TheModel1763820000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "data_storage" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "name" character varying(100) NOT NULL, "location" character varying(100), "description" text, "organization" text array NOT NULL DEFAULT '{}', "is_public" boolean NOT NULL DEFAULT false, CONSTRAINT "data_storage_organization_values" CHECK ("organization" <@ ARRAY['PROJECTS', 'COLLECTIONS', 'COHORTS', 'SUBJECTS', 'SESSIONS', 'YEARS']::text[]), CONSTRAINT "data_storage_id_code" CHECK (substr("id"::text, 15, 3) = '823'), CONSTRAINT "PK_6e87778c3f27ab56ef9fd1edcb8" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE TABLE "data_storage_protocol" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "data_storage_id" uuid NOT NULL, "protocol" character varying(60) NOT NULL, "path" character varying(1000) NOT NULL, "is_public" boolean NOT NULL DEFAULT false, "order" integer NOT NULL DEFAULT '0', CONSTRAINT "data_storage_protocol_id_code" CHECK (substr("id"::text, 15, 3) = '824'), CONSTRAINT "PK_ca6ba10a3772eb27d36f14afa85" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_34c543487e33e21396cec56d51" ON "data_storage_protocol"  ("data_storage_id")`);
    await runner.query(
      `CREATE TABLE "user" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "name" character varying(200) NOT NULL, "orcid" character varying(40), "website" text, "email" character varying(320), "is_administrator" boolean NOT NULL DEFAULT false, CONSTRAINT "user_website_scheme" CHECK ("website" ~ '^(https?|ftp)://'), CONSTRAINT "user_id_code" CHECK (substr("id"::text, 15, 3) = '840'), CONSTRAINT "PK_cace4a159ff9f2512dd42373760" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE TABLE "supplier" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "is_approved" boolean NOT NULL DEFAULT false, "proposed_by_id" uuid, "name" character varying(100) NOT NULL, "description" text, "website" text, "rrid" character varying(100), "external_identifiers" jsonb NOT NULL DEFAULT '[]', CONSTRAINT "supplier_website_scheme" CHECK ("website" ~ '^(https?|ftp)://'), CONSTRAINT "supplier_external_identifiers_list" CHECK (jsonb_typeof("external_identifiers") = 'array'), CONSTRAINT "supplier_id_code" CHECK (substr("id"::text, 15, 3) = '835'), CONSTRAINT "PK_2bc0d2cab6276144d2ff98a2828" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_6fc13488423180a6ec432ea456" ON "supplier"  ("proposed_by_id")`);
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_9867f6afc37229268254e55763" ON "supplier"  ("name") WHERE "is_approved"`,
    );
    await runner.query(
      `CREATE TABLE "hardware_device" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "is_approved" boolean NOT NULL DEFAULT false, "proposed_by_id" uuid, "name" character varying(100) NOT NULL, "supplier_id" uuid NOT NULL, "description" text, "website" text, "rrid" character varying(100), "external_identifiers" jsonb NOT NULL DEFAULT '[]', CONSTRAINT "hardware_device_website_scheme" CHECK ("website" ~ '^(https?|ftp)://'), CONSTRAINT "hardware_device_external_identifiers_list" CHECK (jsonb_typeof("external_identifiers") = 'array'), CONSTRAINT "hardware_device_id_code" CHECK (substr("id"::text, 15, 3) = '836'), CONSTRAINT "PK_043f223200f7b7176bf36643e77" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_8dd6e9024510cdb60349486626" ON "hardware_device"  ("proposed_by_id")`);
    await runner.query(`CREATE INDEX "IDX_f34210b591d4a6d14e65823064" ON "hardware_device"  ("supplier_id")`);
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_e2678f7af5439e67f4c5abadb2" ON "hardware_device"  ("name") WHERE "is_approved"`,
    );
    await runner.query(
      `CREATE TABLE "consumable" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "is_approved" boolean NOT NULL DEFAULT false, "proposed_by_id" uuid, "name" character varying(100) NOT NULL, "supplier_id" uuid NOT NULL, "description" text, "website" text, "rrid" character varying(100), "external_identifiers" jsonb NOT NULL DEFAULT '[]', CONSTRAINT "consumable_website_scheme" CHECK ("website" ~ '^(https?|ftp)://'), CONSTRAINT "consumable_external_identifiers_list" CHECK (jsonb_typeof("external_identifiers") = 'array'), CONSTRAINT "consumable_id_code" CHECK (substr("id"::text, 15, 3) = '837'), CONSTRAINT "PK_f7fc601187485536e1e47e909eb" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_0f849d313e413e2b26a7bc1aac" ON "consumable"  ("proposed_by_id")`);
    await runner.query(`CREATE INDEX "IDX_8d8514a3b34f85f77958f75d9b" ON "consumable"  ("supplier_id")`);
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_da6da41740f45ccc3712fd5a73" ON "consumable"  ("name") WHERE "is_approved"`,
    );
    await runner.query(
      `CREATE TABLE "equipment" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "setup_id" uuid NOT NULL, "name" character varying(100) NOT NULL, "type" character varying(60) NOT NULL, "installed_at" date, "hardware_device_id" uuid, "consumable_id" uuid, "coordinate_system" character varying(60), "coordinates" jsonb NOT NULL DEFAULT '{}', "details" jsonb NOT NULL DEFAULT '{}', "schema_version" character varying(20) NOT NULL, "notes" character varying(500), CONSTRAINT "equipment_coordinates_object" CHECK (jsonb_typeof("coordinates") = 'object'), CONSTRAINT "equipment_details_object" CHECK (jsonb_typeof("details") = 'object'), CONSTRAINT "equipment_id_code" CHECK (substr("id"::text, 15, 3) = '822'), CONSTRAINT "PK_0722e1b9d6eb19f5874c1678740" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_e7c9106604d0d0a52f9b3914f9" ON "equipment"  ("setup_id")`);
    await runner.query(`CREATE INDEX "IDX_c147cc1b95494859d89aea7857" ON "equipment"  ("hardware_device_id")`);
    await runner.query(`CREATE INDEX "IDX_bf44ae1bb84779e4a0afe71310" ON "equipment"  ("consumable_id")`);
    await runner.query(
      `CREATE TABLE "behavior_subject" ("behavior_id" uuid NOT NULL, "subject_id" uuid NOT NULL, CONSTRAINT "PK_61b8469298a46c26aa72b3b1b42" PRIMARY KEY ("behavior_id", "subject_id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_9bc596ea6ffe1dee300359565a" ON "behavior_subject"  ("subject_id")`);
    await runner.query(
      `CREATE TABLE "data_acquisition_procedure" ("data_acquisition_id" uuid NOT NULL, "procedure_id" uuid NOT NULL, CONSTRAINT "PK_8a15774b9aa54e8348c048967cc" PRIMARY KEY ("data_acquisition_id", "procedure_id"))`,
    );
    await runner.query(
      `CREATE INDEX "IDX_712fec02d07a4db0d362f48d19" ON "data_acquisition_procedure"  ("procedure_id")`,
    );
    await runner.query(
      `CREATE TABLE "data_acquisition_equipment" ("data_acquisition_id" uuid NOT NULL, "equipment_id" uuid NOT NULL, CONSTRAINT "PK_de91d288a293ca218b8bc064972" PRIMARY KEY ("data_acquisition_id", "equipment_id"))`,
    );
    await runner.query(
      `CREATE INDEX "IDX_2107814f748d27779a1d5bc608" ON "data_acquisition_equipment"  ("equipment_id")`,
    );
    await runner.query(
      `CREATE TABLE "manipulation_procedure" ("manipulation_id" uuid NOT NULL, "procedure_id" uuid NOT NULL, CONSTRAINT "PK_fa9f6f7e6ab3d320b4366509fd2" PRIMARY KEY ("manipulation_id", "procedure_id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_3716104a95e363f062cba10f52" ON "manipulation_procedure"  ("procedure_id")`);
    await runner.query(
      `CREATE TABLE "manipulation_equipment" ("manipulation_id" uuid NOT NULL, "equipment_id" uuid NOT NULL, CONSTRAINT "PK_f85505754f242e4a1522c0f14da" PRIMARY KEY ("manipulation_id", "equipment_id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_37ae5267411cd1863a41fd74fc" ON "manipulation_equipment"  ("equipment_id")`);
    await runner.query(
      `CREATE TABLE "procedure_equipment" ("procedure_id" uuid NOT NULL, "equipment_id" uuid NOT NULL, CONSTRAINT "PK_3fd1590f82fd4bda83a52a6b6fb" PRIMARY KEY ("procedure_id", "equipment_id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_6f7f4b3ec06901ba27f60a0d09" ON "procedure_equipment"  ("equipment_id")`);
    await runner.query(
      `CREATE TABLE "manipulation" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "session_id" uuid NOT NULL, "epoch_id" uuid, "type" character varying(60) NOT NULL, "details" jsonb NOT NULL DEFAULT '[]', "schema_version" character varying(20) NOT NULL, "notes" character varying(500), "order" integer NOT NULL DEFAULT '0', CONSTRAINT "manipulation_details_list" CHECK (jsonb_typeof("details") = 'array'), CONSTRAINT "manipulation_id_code" CHECK (substr("id"::text, 15, 3) = '813'), CONSTRAINT "PK_cec331459c3d15fa82862ee4818" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_00d6e0101d46204d5571bef193" ON "manipulation"  ("session_id")`);
    await runner.query(`CREATE INDEX "IDX_845d36bb616d1664f55b054974" ON "manipulation"  ("epoch_id")`);
    await runner.query(
      `CREATE TABLE "epoch" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "session_id" uuid NOT NULL, "name" character varying(100) NOT NULL, "start" double precision, "end" double precision, CONSTRAINT "UQ_3f863022fbcad40ea41c72371c9" UNIQUE ("id", "session_id"), CONSTRAINT "epoch_end_after_start" CHECK ("end" >= "start"), CONSTRAINT "epoch_id_code" CHECK (substr("id"::text, 15, 3) = '810'), CONSTRAINT "PK_247e7fe519fa359ba924d04f289" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_c60670da810b92c0d8cdd77959" ON "epoch"  ("session_id")`);
    await runner.query(
      `CREATE TABLE "data_acquisition" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "session_id" uuid NOT NULL, "epoch_id" uuid, "type" character varying(60) NOT NULL, "details" jsonb NOT NULL DEFAULT '{}', "schema_version" character varying(20) NOT NULL, "file_name" character varying(500), "file_url" text, "file_size_bytes" bigint, "data_storage_id" uuid, "notes" character varying(500), "order" integer NOT NULL DEFAULT '0', CONSTRAINT "data_acquisition_details_object" CHECK (jsonb_typeof("details") = 'object'), CONSTRAINT "data_acquisition_file_url_scheme" CHECK ("file_url" ~ '^(https?|ftp)://'), CONSTRAINT "data_acquisition_file_size_positive" CHECK ("file_size_bytes" >= 0), CONSTRAINT "data_acquisition_id_code" CHECK (substr("id"::text, 15, 3) = '812'), CONSTRAINT "PK_00f4ab05f99be874d95d87ad755" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_7ac5b2d87fb9a8f2aef937cdb4" ON "data_acquisition"  ("session_id")`);
    await runner.query(`CREATE INDEX "IDX_90734ffc262ce627f2a27d9c57" ON "data_acquisition"  ("epoch_id")`);
    await runner.query(`CREATE INDEX "IDX_35887b8041bb3a74b312e376b2" ON "data_acquisition"  ("data_storage_id")`);
    await runner.query(
      `CREATE TABLE "session_subject" ("session_id" uuid NOT NULL, "subject_id" uuid NOT NULL, CONSTRAINT "PK_3bc9e97947cc99dfcb7b85b1406" PRIMARY KEY ("session_id", "subject_id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_35b6277661eeaa885fae780467" ON "session_subject"  ("subject_id")`);
    await runner.query(
      `CREATE TABLE "session_data_storage" ("session_id" uuid NOT NULL, "data_storage_id" uuid NOT NULL, "position" integer NOT NULL, CONSTRAINT "PK_84cc09e628e84e58173f82aa60e" PRIMARY KEY ("session_id", "data_storage_id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_cda4096e640e2278873105b234" ON "session_data_storage"  ("data_storage_id")`);
    await runner.query(
      `CREATE TABLE "session" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "name" character varying(200) NOT NULL, "description" text, "started_at" TIMESTAMP(3) WITH TIME ZONE, "tags" text array NOT NULL DEFAULT '{}', "extra_fields" jsonb NOT NULL DEFAULT '{}', "name_used_in_storage" character varying(200), "repository_links" jsonb NOT NULL DEFAULT '[]', CONSTRAINT "session_extra_fields_object" CHECK (jsonb_typeof("extra_fields") = 'object'), CONSTRAINT "session_repository_links_list" CHECK (jsonb_typeof("repository_links") = 'array'), CONSTRAINT "session_id_code" CHECK (substr("id"::text, 15, 3) = '803'), CONSTRAINT "PK_f55da76ac1c3ac420f444d2ff11" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE TABLE "journal" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "is_approved" boolean NOT NULL DEFAULT false, "proposed_by_id" uuid, "name" character varying(200) NOT NULL, CONSTRAINT "journal_id_code" CHECK (substr("id"::text, 15, 3) = '838'), CONSTRAINT "PK_396f862c229742e29f888b1abce" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_0a325274b407b87b6ade85e421" ON "journal"  ("proposed_by_id")`);
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_0fc817b2e61613d9a7e3ca9a21" ON "journal"  ("name") WHERE "is_approved"`,
    );
    await runner.query(
      `CREATE TABLE "publication" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "is_approved" boolean NOT NULL DEFAULT false, "proposed_by_id" uuid, "journal_id" uuid, "title" character varying(500) NOT NULL, "authors" text, "abstract" text, "doi" character varying(200), "url" text, "pdf_url" text, "published_on" date, CONSTRAINT "publication_url_scheme" CHECK ("url" ~ '^(https?|ftp)://'), CONSTRAINT "publication_pdf_url_scheme" CHECK ("pdf_url" ~ '^(https?|ftp)://'), CONSTRAINT "publication_id_code" CHECK (substr("id"::text, 15, 3) = '839'), CONSTRAINT "PK_8aea8363d5213896a78d8365fab" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_8041ab025739ae4b3174c51e8f" ON "publication"  ("proposed_by_id")`);
    await runner.query(`CREATE INDEX "IDX_d1bb145a46883d96c728f64c18" ON "publication"  ("journal_id")`);
    await runner.query(
      `CREATE TABLE "project_subject" ("project_id" uuid NOT NULL, "subject_id" uuid NOT NULL, CONSTRAINT "PK_24b8a545b9cd4377c73fc9b6b44" PRIMARY KEY ("project_id", "subject_id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_4b9e8e0bdb2d08bc11353925d9" ON "project_subject"  ("subject_id")`);
    await runner.query(
      `CREATE TABLE "project_session" ("project_id" uuid NOT NULL, "session_id" uuid NOT NULL, CONSTRAINT "PK_ba097a19d7b962c20d546c13cb4" PRIMARY KEY ("project_id", "session_id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_25f97324d759e98641dcc59637" ON "project_session"  ("session_id")`);
    await runner.query(
      `CREATE TABLE "project_publication" ("project_id" uuid NOT NULL, "publication_id" uuid NOT NULL, CONSTRAINT "PK_5d63551f459a5fd303dc47f301b" PRIMARY KEY ("project_id", "publication_id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_ae182014c754f58897334d0007" ON "project_publication"  ("publication_id")`);
    await runner.query(
      `CREATE TABLE "collection" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "project_id" uuid NOT NULL, "name" character varying(100) NOT NULL, "description" text, "tags" text array NOT NULL DEFAULT '{}', CONSTRAINT "UQ_7f53b87771ebd93ee44fe4ac0a0" UNIQUE ("id", "project_id"), CONSTRAINT "UQ_3cf72d19148b6d01908cf7e33d5" UNIQUE ("project_id", "name"), CONSTRAINT "collection_id_code" CHECK (substr("id"::text, 15, 3) = '804'), CONSTRAINT "PK_ad3f485bbc99d875491f44d7c85" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_9547b726dcae3e41adc6d5f6b7" ON "collection"  ("project_id")`);
    await runner.query(
      `CREATE TABLE "collection_session" ("collection_id" uuid NOT NULL, "session_id" uuid NOT NULL, "project_id" uuid NOT NULL, "position" integer NOT NULL, CONSTRAINT "PK_041f84f1e89d1adcc0fe6391c78" PRIMARY KEY ("collection_id", "session_id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_e1a05aeaf62a87bcef779fc539" ON "collection_session"  ("session_id")`);
    await runner.query(
      `CREATE INDEX "IDX_0f9580dcdb60c7226f90b2c34d" ON "collection_session"  ("project_id", "session_id")`,
    );
    await runner.query(
      `CREATE TABLE "contributor" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "project_id" uuid NOT NULL, "name" character varying(200) NOT NULL, "roles" text array NOT NULL DEFAULT '{}', "orcid" character varying(40), "affiliation" character varying(300), "user_id" uuid, "order" integer NOT NULL DEFAULT '0', CONSTRAINT "contributor_roles_values" CHECK ("roles" <@ ARRAY['CONTACT_PERSON', 'CONCEPTUALIZER', 'DATA_COLLECTOR', 'DATA_CURATOR', 'DATA_MANAGER', 'FORMAL_ANALYZER', 'INVESTIGATOR', 'MAINTAINER', 'METHOD_DEVELOPER', 'PRODUCER', 'PROJECT_LEADER', 'PROJECT_MANAGER', 'SUPERVISOR', 'AUTHOR', 'FUNDER']::text[]), CONSTRAINT "contributor_id_code" CHECK (substr("id"::text, 15, 3) = '806'), CONSTRAINT "PK_816afef005b8100becacdeb6e58" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_c2a365d77bbca6bcd4c5a35b31" ON "contributor"  ("project_id")`);
    await runner.query(`CREATE INDEX "IDX_16ce6a76e8a6808b976a61db48" ON "contributor"  ("user_id")`);
    await runner.query(
      `CREATE TABLE "project" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "name" character varying(200) NOT NULL, "description" text, "tags" text array NOT NULL DEFAULT '{}', "extra_fields" jsonb NOT NULL DEFAULT '{}', "license" character varying(60), "funding" jsonb NOT NULL DEFAULT '[]', "name_used_in_storage" character varying(200), "repository_links" jsonb NOT NULL DEFAULT '[]', "is_public" boolean NOT NULL DEFAULT false, "published_at" TIMESTAMP(3) WITH TIME ZONE, "first_published_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "project_extra_fields_object" CHECK (jsonb_typeof("extra_fields") = 'object'), CONSTRAINT "project_funding_list" CHECK (jsonb_typeof("funding") = 'array'), CONSTRAINT "project_repository_links_list" CHECK (jsonb_typeof("repository_links") = 'array'), CONSTRAINT "project_first_published" CHECK ("published_at" IS NULL OR "first_published_at" <= "published_at"), CONSTRAINT "project_published_while_public" CHECK ("is_public" = ("published_at" IS NOT NULL)), CONSTRAINT "project_id_code" CHECK (substr("id"::text, 15, 3) = '801'), CONSTRAINT "PK_4d68b1358bb5b766d3e78f32f57" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE TABLE "cohort" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "project_id" uuid NOT NULL, "name" character varying(100) NOT NULL, "description" text, "tags" text array NOT NULL DEFAULT '{}', CONSTRAINT "UQ_68061f6532f0946b659e1c49f36" UNIQUE ("id", "project_id"), CONSTRAINT "UQ_d490b74897c83512b67bb5ffa9e" UNIQUE ("project_id", "name"), CONSTRAINT "cohort_id_code" CHECK (substr("id"::text, 15, 3) = '805'), CONSTRAINT "PK_4fb3cca38dc4b461110344e5f9b" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_f32d11aeeebc3b4748d22de4d1" ON "cohort"  ("project_id")`);
    await runner.query(
      `CREATE TABLE "cohort_subject" ("cohort_id" uuid NOT NULL, "subject_id" uuid NOT NULL, "project_id" uuid NOT NULL, "position" integer NOT NULL, CONSTRAINT "PK_5f95312c9c19af30fe4adb3ca74" PRIMARY KEY ("cohort_id", "subject_id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_c1ff7cf090984825e4cb27cbbc" ON "cohort_subject"  ("subject_id")`);
    await runner.query(
      `CREATE INDEX "IDX_04a24e8be8d94ef821053713c2" ON "cohort_subject"  ("project_id", "subject_id")`,
    );
    await runner.query(
      `CREATE TABLE "subject_log" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "subject_id" uuid NOT NULL, "type" character varying(60) NOT NULL, "schema_version" character varying(20) NOT NULL, "description" character varying(500), CONSTRAINT "subject_log_id_code" CHECK (substr("id"::text, 15, 3) = '817'), CONSTRAINT "PK_b0caa96f653646af9892a89c909" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_788b1f607fc834718041a211bc" ON "subject_log"  ("subject_id")`);
    await runner.query(
      `CREATE TABLE "subject_log_entry" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "log_id" uuid NOT NULL, "started_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "ended_at" TIMESTAMP(3) WITH TIME ZONE, "performed_by" character varying(200), "notes" character varying(500), "details" jsonb NOT NULL DEFAULT '{}', CONSTRAINT "subject_log_entry_details_object" CHECK (jsonb_typeof("details") = 'object'), CONSTRAINT "subject_log_entry_end_after_start" CHECK ("ended_at" >= "started_at"), CONSTRAINT "subject_log_entry_id_code" CHECK (substr("id"::text, 15, 3) = '818'), CONSTRAINT "PK_fd3244c5a31ecd0cbeced545d9b" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_91dda877693a6b95f494077b7e" ON "subject_log_entry"  ("log_id")`);
    await runner.query(
      `CREATE TABLE "species" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "is_approved" boolean NOT NULL DEFAULT false, "proposed_by_id" uuid, "name" character varying(100) NOT NULL, "description" text, "rrid" character varying(100), "external_identifiers" jsonb NOT NULL DEFAULT '[]', CONSTRAINT "species_external_identifiers_list" CHECK (jsonb_typeof("external_identifiers") = 'array'), CONSTRAINT "species_id_code" CHECK (substr("id"::text, 15, 3) = '830'), CONSTRAINT "PK_ae6a87f2423ba6c25dc43c32770" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_9410a4a20c0c1dc6e42c895b18" ON "species"  ("proposed_by_id")`);
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_70f74c48f9ead21b990fc3c0ea" ON "species"  ("name") WHERE "is_approved"`,
    );
    await runner.query(
      `CREATE TABLE "strain" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "is_approved" boolean NOT NULL DEFAULT false, "proposed_by_id" uuid, "name" character varying(100) NOT NULL, "species_id" uuid NOT NULL, "description" text, "rrid" character varying(100), "external_identifiers" jsonb NOT NULL DEFAULT '[]', CONSTRAINT "UQ_d21ea1aeefa8106fb6ff3f89e58" UNIQUE ("id", "species_id"), CONSTRAINT "strain_external_identifiers_list" CHECK (jsonb_typeof("external_identifiers") = 'array'), CONSTRAINT "strain_id_code" CHECK (substr("id"::text, 15, 3) = '831'), CONSTRAINT "PK_b1cae29520522e8872e7bdae70e" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_85635213c95710c3ae96ebdaa3" ON "strain"  ("proposed_by_id")`);
    await runner.query(`CREATE INDEX "IDX_a99ed5e18aa2863216e66ddc11" ON "strain"  ("species_id")`);
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_5548ce8f600f922385779c22a2" ON "strain"  ("name") WHERE "is_approved"`,
    );
    await runner.query(
      `CREATE TABLE "subject" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "name" character varying(100) NOT NULL, "species_id" uuid NOT NULL, "strain_id" uuid, "sex" character varying(60) NOT NULL, "age" character varying(100), "status" character varying(60) NOT NULL DEFAULT 'UNKNOWN', "description" text, "genetic_line" character varying(100), "genotype" character varying(200), "birth_date" date, "death_date" date, "identifier" character varying(100), "supplier_id" uuid, "tags" text array NOT NULL DEFAULT '{}', "extra_fields" jsonb NOT NULL DEFAULT '{}', "name_used_in_storage" character varying(200), CONSTRAINT "subject_sex_value" CHECK ("sex" IN ('FEMALE', 'MALE', 'OTHER', 'UNKNOWN')), CONSTRAINT "subject_status_value" CHECK ("status" IN ('PLANNED', 'ACTIVE', 'INACTIVE', 'TRANSFERRED', 'DECEASED', 'UNKNOWN')), CONSTRAINT "subject_extra_fields_object" CHECK (jsonb_typeof("extra_fields") = 'object'), CONSTRAINT "subject_birth_before_death" CHECK ("birth_date" <= "death_date"), CONSTRAINT "subject_id_code" CHECK (substr("id"::text, 15, 3) = '802'), CONSTRAINT "PK_12eee115462e38d62e5455fc054" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_6d0f7ceb130481dedbef11fd5d" ON "subject"  ("species_id")`);
    await runner.query(`CREATE INDEX "IDX_2b2aa9cec0aad850a8b7516358" ON "subject"  ("strain_id")`);
    await runner.query(`CREATE INDEX "IDX_f45dd77f7a95f686b5b7fc67bb" ON "subject"  ("supplier_id")`);
    await runner.query(
      `CREATE TABLE "brain_region" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "is_approved" boolean NOT NULL DEFAULT false, "proposed_by_id" uuid, "name" character varying(200) NOT NULL, "acronym" character varying(15) NOT NULL, "atlas" character varying(60) NOT NULL, CONSTRAINT "brain_region_atlas_value" CHECK ("atlas" IN ('ALLEN_MOUSE', 'ALLEN_DEVELOPING_MOUSE', 'ALLEN_HUMAN', 'ALLEN_DEVELOPING_HUMAN', 'ALLEN_NON_HUMAN_PRIMATE', 'ALLEN_SPINAL_CORD', 'BRAIN_MAPS_4_RAT', 'PAXINOS_FRANKLIN_2001_MOUSE', 'PAXINOS_WATSON_1997_RAT', 'SWANSON_2004_RAT')), CONSTRAINT "brain_region_id_code" CHECK (substr("id"::text, 15, 3) = '832'), CONSTRAINT "PK_05cc428a8a14dc326ab6bd0440a" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_71dc0312d679ce578e78b438c7" ON "brain_region"  ("proposed_by_id")`);
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_30af136b8e7d3beb5e0a2b60e0" ON "brain_region"  ("atlas", "acronym") WHERE "is_approved"`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_7ca4db05deaf6371a34159417f" ON "brain_region"  ("atlas", "name") WHERE "is_approved"`,
    );
    await runner.query(
      `CREATE TABLE "procedure_log" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "procedure_id" uuid NOT NULL, "type" character varying(60) NOT NULL, "schema_version" character varying(20) NOT NULL, "description" character varying(500), CONSTRAINT "procedure_log_id_code" CHECK (substr("id"::text, 15, 3) = '815'), CONSTRAINT "PK_8db9f9a425e6ea50e7f4545e4f7" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_e9a32f12849680aec8cb35806c" ON "procedure_log"  ("procedure_id")`);
    await runner.query(
      `CREATE TABLE "procedure_log_entry" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "log_id" uuid NOT NULL, "started_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "ended_at" TIMESTAMP(3) WITH TIME ZONE, "performed_by" character varying(200), "notes" character varying(500), "details" jsonb NOT NULL DEFAULT '{}', CONSTRAINT "procedure_log_entry_details_object" CHECK (jsonb_typeof("details") = 'object'), CONSTRAINT "procedure_log_entry_end_after_start" CHECK ("ended_at" >= "started_at"), CONSTRAINT "procedure_log_entry_id_code" CHECK (substr("id"::text, 15, 3) = '816'), CONSTRAINT "PK_3769d735c6e8b9c3e4b955bbe2c" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_38d42de35727f696e08e9352e5" ON "procedure_log_entry"  ("log_id")`);
    await runner.query(
      `CREATE TABLE "procedure" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "subject_id" uuid NOT NULL, "type" character varying(60) NOT NULL, "date_time" TIMESTAMP(3) WITH TIME ZONE, "consumable_stock_id" uuid, "brain_region_id" uuid, "coordinate_system" character varying(60), "coordinates" jsonb NOT NULL DEFAULT '{}', "details" jsonb NOT NULL DEFAULT '{}', "schema_version" character varying(20) NOT NULL, "notes" character varying(500), CONSTRAINT "procedure_coordinates_object" CHECK (jsonb_typeof("coordinates") = 'object'), CONSTRAINT "procedure_details_object" CHECK (jsonb_typeof("details") = 'object'), CONSTRAINT "procedure_id_code" CHECK (substr("id"::text, 15, 3) = '814'), CONSTRAINT "PK_9888785b528492e7539d96e3894" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_4604e9bc0c6abe0361091544bc" ON "procedure"  ("subject_id")`);
    await runner.query(`CREATE INDEX "IDX_5d30c3b40a4958911dfdcd3886" ON "procedure"  ("consumable_stock_id")`);
    await runner.query(`CREATE INDEX "IDX_d9f583c331cecccf7303a90571" ON "procedure"  ("brain_region_id")`);
    await runner.query(
      `CREATE TABLE "consumable_stock" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "inventory_id" uuid NOT NULL, "consumable_id" uuid NOT NULL, "type" character varying(60) NOT NULL, "details" jsonb NOT NULL DEFAULT '{}', "schema_version" character varying(20) NOT NULL, "acquired_on" date, "expires_on" date, "status" character varying(60) NOT NULL DEFAULT 'AVAILABLE', "storage_location" character varying(100), "storage_conditions" character varying(100), "intended_use" character varying(100), "cost" character varying(100), "notes" character varying(500), CONSTRAINT "consumable_stock_details_object" CHECK (jsonb_typeof("details") = 'object'), CONSTRAINT "consumable_stock_status_value" CHECK ("status" IN ('AVAILABLE', 'RESERVED', 'DEPLETED')), CONSTRAINT "consumable_stock_expires_after_acquired" CHECK ("acquired_on" <= "expires_on"), CONSTRAINT "consumable_stock_id_code" CHECK (substr("id"::text, 15, 3) = '826'), CONSTRAINT "PK_04439e4e711359dc9aab52a5497" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_3ca3c10f534a0bc6cf06bc5cfe" ON "consumable_stock"  ("inventory_id")`);
    await runner.query(`CREATE INDEX "IDX_4129c52cae95d58a27729c8898" ON "consumable_stock"  ("consumable_id")`);
    await runner.query(
      `CREATE TABLE "inventory" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "name" character varying(100) NOT NULL, "location" character varying(100), "description" text, "is_public" boolean NOT NULL DEFAULT false, CONSTRAINT "inventory_id_code" CHECK (substr("id"::text, 15, 3) = '825'), CONSTRAINT "PK_82aa5da437c5bbfb80703b08309" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE TABLE "group" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "name" character varying(200) NOT NULL, CONSTRAINT "group_id_code" CHECK (substr("id"::text, 15, 3) = '841'), CONSTRAINT "PK_256aa0fda9b1de1a73ee0b7106b" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE TABLE "group_membership" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "group_id" uuid NOT NULL, "user_id" uuid NOT NULL, "role" character varying(60) NOT NULL, "accepted_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "group_membership_role_value" CHECK ("role" IN ('MEMBER', 'MANAGER', 'OWNER')), CONSTRAINT "group_membership_id_code" CHECK (substr("id"::text, 15, 3) = '842'), CONSTRAINT "PK_b631623cf04fa74513b975e7059" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_7a1166a6e3a6a3431a69925771" ON "group_membership"  ("group_id")`);
    await runner.query(`CREATE INDEX "IDX_bf83ea989836a2ff52ab405dff" ON "group_membership"  ("user_id")`);
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_2c0c7d9249ef90badec2284834" ON "group_membership"  ("group_id", "user_id")`,
    );
    await runner.query(
      `CREATE TABLE "laboratory" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "group_id" uuid, "name" character varying(200) NOT NULL, "institution" character varying(200), "department" character varying(200), "city" character varying(100), "country" character varying(100), "website" text, CONSTRAINT "laboratory_website_scheme" CHECK ("website" ~ '^(https?|ftp)://'), CONSTRAINT "laboratory_id_code" CHECK (substr("id"::text, 15, 3) = '843'), CONSTRAINT "PK_3bf32a10e42e572b37799d66f1c" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_55f362a651602626e77a451073" ON "laboratory"  ("group_id")`);
    await runner.query(
      `CREATE TABLE "laboratory_principal_investigator" ("laboratory_id" uuid NOT NULL, "user_id" uuid NOT NULL, CONSTRAINT "PK_29a02fd06ac1513af62f4224cea" PRIMARY KEY ("laboratory_id", "user_id"))`,
    );
    await runner.query(
      `CREATE INDEX "IDX_4dc5f3cb405e981ed5a2a5ffa3" ON "laboratory_principal_investigator"  ("user_id")`,
    );
    await runner.query(
      `CREATE TABLE "membership" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "project_id" uuid, "behavioral_paradigm_id" uuid, "setup_id" uuid, "data_storage_id" uuid, "inventory_id" uuid, "user_id" uuid, "group_id" uuid, "role" character varying(60) NOT NULL, "accepted_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "membership_role_value" CHECK ("role" IN ('MEMBER', 'CONTRIBUTOR', 'MANAGER', 'OWNER')), CONSTRAINT "membership_one_holder" CHECK (num_nonnulls("user_id", "group_id") = 1), CONSTRAINT "membership_one_container" CHECK (num_nonnulls("project_id", "behavioral_paradigm_id", "setup_id", "data_storage_id", "inventory_id") = 1), CONSTRAINT "membership_id_code" CHECK (substr("id"::text, 15, 3) = '844'), CONSTRAINT "PK_83c1afebef3059472e7c37e8de8" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_16a3bd60719b3cebb8ba71266b" ON "membership"  ("project_id")`);
    await runner.query(`CREATE INDEX "IDX_8981a57f246d6774e3db2c64e1" ON "membership"  ("behavioral_paradigm_id")`);
    await runner.query(`CREATE INDEX "IDX_e414dd20a6649fcaba19602554" ON "membership"  ("setup_id")`);
    await runner.query(`CREATE INDEX "IDX_621e9a5058869d6fe23525a265" ON "membership"  ("data_storage_id")`);
    await runner.query(`CREATE INDEX "IDX_bb1ab764e330489451e2b84481" ON "membership"  ("inventory_id")`);
    await runner.query(`CREATE INDEX "IDX_e9c72e8d29784031c96f5c6af8" ON "membership"  ("user_id")`);
    await runner.query(`CREATE INDEX "IDX_d7b446f7f7f75e661fce14a25f" ON "membership"  ("group_id")`);
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_65788c47883ba03e06100e98ab" ON "membership"  ("project_id", "user_id")`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_8dc01f46e039cbce4eb939f581" ON "membership"  ("project_id", "group_id")`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_ea0c995b89cc7df22a86302291" ON "membership"  ("behavioral_paradigm_id", "user_id")`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_2c453578e11821cfb594b3ef27" ON "membership"  ("behavioral_paradigm_id", "group_id")`,
    );
    await runner.query(`CREATE UNIQUE INDEX "IDX_d15a699d367a55211e6f0aadad" ON "membership"  ("setup_id", "user_id")`);
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_e7fd2eb559c69fd686e98f6316" ON "membership"  ("setup_id", "group_id")`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_36e860223ed25e3e22f74c5298" ON "membership"  ("data_storage_id", "user_id")`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_581b4b300a843ac709f59536a7" ON "membership"  ("data_storage_id", "group_id")`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_f8c0331482a745baa219c8e770" ON "membership"  ("inventory_id", "user_id")`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_5908dcc4d5eff5146e88cc5362" ON "membership"  ("inventory_id", "group_id")`,
    );
    await runner.query(
      `CREATE TABLE "setup_type" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "is_approved" boolean NOT NULL DEFAULT false, "proposed_by_id" uuid, "name" character varying(100) NOT NULL, "category" character varying(60) NOT NULL, "description" text, CONSTRAINT "setup_type_category_value" CHECK ("category" IN ('IN_VITRO', 'EX_VIVO', 'ANESTHETIZED_IN_VIVO', 'HEAD_FIXED_AWAKE', 'VOLUNTARILY_STATIONARY_AWAKE', 'FREELY_MOVING_AWAKE', 'UNKNOWN')), CONSTRAINT "setup_type_id_code" CHECK (substr("id"::text, 15, 3) = '833'), CONSTRAINT "PK_3a0c556cdea8a9f6ee8ac798a03" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_d2fc8f4b6520194474604b66b6" ON "setup_type"  ("proposed_by_id")`);
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_0b89db25aed506a98b021d2437" ON "setup_type"  ("name") WHERE "is_approved"`,
    );
    await runner.query(
      `CREATE TABLE "setup" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "name" character varying(100) NOT NULL, "setup_type_id" uuid NOT NULL, "location" character varying(100), "description" text, "specifications" jsonb NOT NULL DEFAULT '[]', "image" text, "is_public" boolean NOT NULL DEFAULT false, CONSTRAINT "setup_specifications_list" CHECK (jsonb_typeof("specifications") = 'array'), CONSTRAINT "setup_image_scheme" CHECK ("image" ~ '^(https?|ftp)://'), CONSTRAINT "setup_id_code" CHECK (substr("id"::text, 15, 3) = '821'), CONSTRAINT "PK_4a8b5a3c999d9548c34af3b1516" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_61e0efdf96f339c10d07df74db" ON "setup"  ("setup_type_id")`);
    await runner.query(
      `CREATE TABLE "behavior" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "session_id" uuid NOT NULL, "epoch_id" uuid, "setup_id" uuid, "behavioral_paradigm_id" uuid, "notes" character varying(500), "order" integer NOT NULL DEFAULT '0', CONSTRAINT "behavior_id_code" CHECK (substr("id"::text, 15, 3) = '811'), CONSTRAINT "PK_ad8611a75827e1334268f8dc8da" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_4e09d05eb269bb0c4ddeec0120" ON "behavior"  ("session_id")`);
    await runner.query(`CREATE INDEX "IDX_b572a4b5e63b9621d2c68da957" ON "behavior"  ("epoch_id")`);
    await runner.query(`CREATE INDEX "IDX_d84e2d5b797bfb3ccc23b50d50" ON "behavior"  ("setup_id")`);
    await runner.query(`CREATE INDEX "IDX_f4ebfe0738b30a871db73d5f70" ON "behavior"  ("behavioral_paradigm_id")`);
    await runner.query(
      `CREATE TABLE "behavioral_category" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "is_approved" boolean NOT NULL DEFAULT false, "proposed_by_id" uuid, "name" character varying(100) NOT NULL, "description" text, CONSTRAINT "behavioral_category_id_code" CHECK (substr("id"::text, 15, 3) = '834'), CONSTRAINT "PK_fb4986bdbc410daa86d36b1222f" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_3884b1bbbe2433daa9a11a48e3" ON "behavioral_category"  ("proposed_by_id")`);
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_35f818eddcf7f93221275b9afc" ON "behavioral_category"  ("name") WHERE "is_approved"`,
    );
    await runner.query(
      `CREATE TABLE "behavioral_paradigm" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "name" character varying(200) NOT NULL, "category_id" uuid, "setup_type_id" uuid NOT NULL, "description" text, "is_public" boolean NOT NULL DEFAULT false, CONSTRAINT "behavioral_paradigm_id_code" CHECK (substr("id"::text, 15, 3) = '820'), CONSTRAINT "PK_8e65ebdce9fb906ba9fcb79d351" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_66793851fb15518e9a38b30679" ON "behavioral_paradigm"  ("category_id")`);
    await runner.query(`CREATE INDEX "IDX_b5a6fb8877e2a1232981055c36" ON "behavioral_paradigm"  ("setup_type_id")`);
    await runner.query(
      `CREATE TABLE "imported_object" ("project_id" uuid NOT NULL, "key" text NOT NULL, "object_id" uuid NOT NULL, CONSTRAINT "PK_90b500e2045db57862b41f96f31" PRIMARY KEY ("project_id", "key"))`,
    );
    await runner.query(`CREATE INDEX "IDX_2c52d78e9ce12c92780c164c31" ON "imported_object"  ("key")`);
    await runner.query(
      `CREATE TABLE "publication_event" ("id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL, "object_id" uuid NOT NULL, "action" character varying(10) NOT NULL, "happened_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "actor" character varying(10) NOT NULL, "user_id" uuid, CONSTRAINT "publication_event_actor" CHECK (("actor" = 'USER') = ("user_id" IS NOT NULL) AND "actor" IN ('USER', 'OPERATOR')), CONSTRAINT "publication_event_action_value" CHECK ("action" IN ('PUBLISH', 'REVOKE')), CONSTRAINT "PK_e751622dc9279c43bd349144e68" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_23a19e431390e220ef6a1d0272" ON "publication_event"  ("object_id")`);
    await runner.query(
      `ALTER TABLE "data_storage_protocol" ADD CONSTRAINT "FK_34c543487e33e21396cec56d51c" FOREIGN KEY ("data_storage_id") REFERENCES "data_storage"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "supplier" ADD CONSTRAINT "FK_6fc13488423180a6ec432ea4560" FOREIGN KEY ("proposed_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "hardware_device" ADD CONSTRAINT "FK_8dd6e9024510cdb603494866268" FOREIGN KEY ("proposed_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "hardware_device" ADD CONSTRAINT "FK_f34210b591d4a6d14e658230643" FOREIGN KEY ("supplier_id") REFERENCES "supplier"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "consumable" ADD CONSTRAINT "FK_0f849d313e413e2b26a7bc1aac3" FOREIGN KEY ("proposed_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "consumable" ADD CONSTRAINT "FK_8d8514a3b34f85f77958f75d9bb" FOREIGN KEY ("supplier_id") REFERENCES "supplier"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "equipment" ADD CONSTRAINT "FK_e7c9106604d0d0a52f9b3914f95" FOREIGN KEY ("setup_id") REFERENCES "setup"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "equipment" ADD CONSTRAINT "FK_c147cc1b95494859d89aea7857e" FOREIGN KEY ("hardware_device_id") REFERENCES "hardware_device"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "equipment" ADD CONSTRAINT "FK_bf44ae1bb84779e4a0afe713102" FOREIGN KEY ("consumable_id") REFERENCES "consumable"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "behavior_subject" ADD CONSTRAINT "FK_950bbb8aae73ad939abef482b6b" FOREIGN KEY ("behavior_id") REFERENCES "behavior"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "behavior_subject" ADD CONSTRAINT "FK_9bc596ea6ffe1dee300359565af" FOREIGN KEY ("subject_id") REFERENCES "subject"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "data_acquisition_procedure" ADD CONSTRAINT "FK_14a283ef73129e2a69382162435" FOREIGN KEY ("data_acquisition_id") REFERENCES "data_acquisition"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "data_acquisition_procedure" ADD CONSTRAINT "FK_712fec02d07a4db0d362f48d194" FOREIGN KEY ("procedure_id") REFERENCES "procedure"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "data_acquisition_equipment" ADD CONSTRAINT "FK_3d0439e9bc02ff02c52ee4ba8b0" FOREIGN KEY ("data_acquisition_id") REFERENCES "data_acquisition"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "data_acquisition_equipment" ADD CONSTRAINT "FK_2107814f748d27779a1d5bc608b" FOREIGN KEY ("equipment_id") REFERENCES "equipment"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "manipulation_procedure" ADD CONSTRAINT "FK_a513deccaaa4442a72927a970de" FOREIGN KEY ("manipulation_id") REFERENCES "manipulation"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "manipulation_procedure" ADD CONSTRAINT "FK_3716104a95e363f062cba10f52c" FOREIGN KEY ("procedure_id") REFERENCES "procedure"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "manipulation_equipment" ADD CONSTRAINT "FK_a0ec6d9244d7aa47e0362bd71a4" FOREIGN KEY ("manipulation_id") REFERENCES "manipulation"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "manipulation_equipment" ADD CONSTRAINT "FK_37ae5267411cd1863a41fd74fcf" FOREIGN KEY ("equipment_id") REFERENCES "equipment"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "procedure_equipment" ADD CONSTRAINT "FK_dd465316ba3fd22659ed3d8155b" FOREIGN KEY ("procedure_id") REFERENCES "procedure"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "procedure_equipment" ADD CONSTRAINT "FK_6f7f4b3ec06901ba27f60a0d09d" FOREIGN KEY ("equipment_id") REFERENCES "equipment"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "manipulation" ADD CONSTRAINT "FK_00d6e0101d46204d5571bef1932" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "manipulation" ADD CONSTRAINT "FK_030a4afb23de1c16c10d1621dc6" FOREIGN KEY ("epoch_id", "session_id") REFERENCES "epoch"("id","session_id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED`,
    );
    await runner.query(
      `ALTER TABLE "epoch" ADD CONSTRAINT "FK_c60670da810b92c0d8cdd77959d" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "data_acquisition" ADD CONSTRAINT "FK_7ac5b2d87fb9a8f2aef937cdb45" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "data_acquisition" ADD CONSTRAINT "FK_35887b8041bb3a74b312e376b2e" FOREIGN KEY ("data_storage_id") REFERENCES "data_storage"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "data_acquisition" ADD CONSTRAINT "FK_c26a2db6e5e9c04f011e61d66d0" FOREIGN KEY ("epoch_id", "session_id") REFERENCES "epoch"("id","session_id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED`,
    );
    await runner.query(
      `ALTER TABLE "session_subject" ADD CONSTRAINT "FK_297df94538f90370862fa2b8441" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "session_subject" ADD CONSTRAINT "FK_35b6277661eeaa885fae7804676" FOREIGN KEY ("subject_id") REFERENCES "subject"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "session_data_storage" ADD CONSTRAINT "FK_76c7d3826479ab63fa97f45f99d" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "session_data_storage" ADD CONSTRAINT "FK_cda4096e640e2278873105b2341" FOREIGN KEY ("data_storage_id") REFERENCES "data_storage"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "journal" ADD CONSTRAINT "FK_0a325274b407b87b6ade85e421b" FOREIGN KEY ("proposed_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "publication" ADD CONSTRAINT "FK_8041ab025739ae4b3174c51e8f0" FOREIGN KEY ("proposed_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "publication" ADD CONSTRAINT "FK_d1bb145a46883d96c728f64c189" FOREIGN KEY ("journal_id") REFERENCES "journal"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "project_subject" ADD CONSTRAINT "FK_cfd212bdb0cadbe96f8fa61c204" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "project_subject" ADD CONSTRAINT "FK_4b9e8e0bdb2d08bc11353925d93" FOREIGN KEY ("subject_id") REFERENCES "subject"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "project_session" ADD CONSTRAINT "FK_75af6756c5e8531e8806f4e9019" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "project_session" ADD CONSTRAINT "FK_25f97324d759e98641dcc596374" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "project_publication" ADD CONSTRAINT "FK_a1143ee22f2419a45a90804c2ae" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "project_publication" ADD CONSTRAINT "FK_ae182014c754f58897334d0007e" FOREIGN KEY ("publication_id") REFERENCES "publication"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "collection" ADD CONSTRAINT "FK_9547b726dcae3e41adc6d5f6b7a" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "collection_session" ADD CONSTRAINT "FK_4eb8388d7bbc5a567f1fb21d7a0" FOREIGN KEY ("collection_id", "project_id") REFERENCES "collection"("id","project_id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "collection_session" ADD CONSTRAINT "FK_0f9580dcdb60c7226f90b2c34d7" FOREIGN KEY ("project_id", "session_id") REFERENCES "project_session"("project_id","session_id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "contributor" ADD CONSTRAINT "FK_c2a365d77bbca6bcd4c5a35b315" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "contributor" ADD CONSTRAINT "FK_16ce6a76e8a6808b976a61db487" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "cohort" ADD CONSTRAINT "FK_f32d11aeeebc3b4748d22de4d1a" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "cohort_subject" ADD CONSTRAINT "FK_07789f82edca4834197eb3cb286" FOREIGN KEY ("cohort_id", "project_id") REFERENCES "cohort"("id","project_id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "cohort_subject" ADD CONSTRAINT "FK_04a24e8be8d94ef821053713c20" FOREIGN KEY ("project_id", "subject_id") REFERENCES "project_subject"("project_id","subject_id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "subject_log" ADD CONSTRAINT "FK_788b1f607fc834718041a211bca" FOREIGN KEY ("subject_id") REFERENCES "subject"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "subject_log_entry" ADD CONSTRAINT "FK_91dda877693a6b95f494077b7ea" FOREIGN KEY ("log_id") REFERENCES "subject_log"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "species" ADD CONSTRAINT "FK_9410a4a20c0c1dc6e42c895b180" FOREIGN KEY ("proposed_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "strain" ADD CONSTRAINT "FK_85635213c95710c3ae96ebdaa34" FOREIGN KEY ("proposed_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "strain" ADD CONSTRAINT "FK_a99ed5e18aa2863216e66ddc110" FOREIGN KEY ("species_id") REFERENCES "species"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "subject" ADD CONSTRAINT "FK_6d0f7ceb130481dedbef11fd5dd" FOREIGN KEY ("species_id") REFERENCES "species"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "subject" ADD CONSTRAINT "FK_f45dd77f7a95f686b5b7fc67bbc" FOREIGN KEY ("supplier_id") REFERENCES "supplier"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "subject" ADD CONSTRAINT "FK_eacf9776d81371d46c6a23a491d" FOREIGN KEY ("strain_id", "species_id") REFERENCES "strain"("id","species_id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "brain_region" ADD CONSTRAINT "FK_71dc0312d679ce578e78b438c78" FOREIGN KEY ("proposed_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "procedure_log" ADD CONSTRAINT "FK_e9a32f12849680aec8cb35806c7" FOREIGN KEY ("procedure_id") REFERENCES "procedure"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "procedure_log_entry" ADD CONSTRAINT "FK_38d42de35727f696e08e9352e5e" FOREIGN KEY ("log_id") REFERENCES "procedure_log"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "procedure" ADD CONSTRAINT "FK_4604e9bc0c6abe0361091544bc1" FOREIGN KEY ("subject_id") REFERENCES "subject"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "procedure" ADD CONSTRAINT "FK_5d30c3b40a4958911dfdcd38866" FOREIGN KEY ("consumable_stock_id") REFERENCES "consumable_stock"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "procedure" ADD CONSTRAINT "FK_d9f583c331cecccf7303a90571c" FOREIGN KEY ("brain_region_id") REFERENCES "brain_region"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "consumable_stock" ADD CONSTRAINT "FK_3ca3c10f534a0bc6cf06bc5cfee" FOREIGN KEY ("inventory_id") REFERENCES "inventory"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "consumable_stock" ADD CONSTRAINT "FK_4129c52cae95d58a27729c8898d" FOREIGN KEY ("consumable_id") REFERENCES "consumable"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "group_membership" ADD CONSTRAINT "FK_7a1166a6e3a6a3431a699257719" FOREIGN KEY ("group_id") REFERENCES "group"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "group_membership" ADD CONSTRAINT "FK_bf83ea989836a2ff52ab405dff9" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "laboratory" ADD CONSTRAINT "FK_55f362a651602626e77a4510732" FOREIGN KEY ("group_id") REFERENCES "group"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "laboratory_principal_investigator" ADD CONSTRAINT "FK_1f5cc8e5a95d6f179e52eebb57e" FOREIGN KEY ("laboratory_id") REFERENCES "laboratory"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "laboratory_principal_investigator" ADD CONSTRAINT "FK_4dc5f3cb405e981ed5a2a5ffa3e" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "membership" ADD CONSTRAINT "FK_16a3bd60719b3cebb8ba71266b4" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "membership" ADD CONSTRAINT "FK_8981a57f246d6774e3db2c64e1d" FOREIGN KEY ("behavioral_paradigm_id") REFERENCES "behavioral_paradigm"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "membership" ADD CONSTRAINT "FK_e414dd20a6649fcaba196025540" FOREIGN KEY ("setup_id") REFERENCES "setup"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "membership" ADD CONSTRAINT "FK_621e9a5058869d6fe23525a2659" FOREIGN KEY ("data_storage_id") REFERENCES "data_storage"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "membership" ADD CONSTRAINT "FK_bb1ab764e330489451e2b844810" FOREIGN KEY ("inventory_id") REFERENCES "inventory"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "membership" ADD CONSTRAINT "FK_e9c72e8d29784031c96f5c6af8d" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "membership" ADD CONSTRAINT "FK_d7b446f7f7f75e661fce14a25f0" FOREIGN KEY ("group_id") REFERENCES "group"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "setup_type" ADD CONSTRAINT "FK_d2fc8f4b6520194474604b66b6b" FOREIGN KEY ("proposed_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "setup" ADD CONSTRAINT "FK_61e0efdf96f339c10d07df74db9" FOREIGN KEY ("setup_type_id") REFERENCES "setup_type"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "behavior" ADD CONSTRAINT "FK_4e09d05eb269bb0c4ddeec01200" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "behavior" ADD CONSTRAINT "FK_d84e2d5b797bfb3ccc23b50d506" FOREIGN KEY ("setup_id") REFERENCES "setup"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "behavior" ADD CONSTRAINT "FK_f4ebfe0738b30a871db73d5f703" FOREIGN KEY ("behavioral_paradigm_id") REFERENCES "behavioral_paradigm"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "behavior" ADD CONSTRAINT "FK_0999fd2395b53bed8e2a86225d4" FOREIGN KEY ("epoch_id", "session_id") REFERENCES "epoch"("id","session_id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED`,
    );
    await runner.query(
      `ALTER TABLE "behavioral_category" ADD CONSTRAINT "FK_3884b1bbbe2433daa9a11a48e3b" FOREIGN KEY ("proposed_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "behavioral_paradigm" ADD CONSTRAINT "FK_66793851fb15518e9a38b306794" FOREIGN KEY ("category_id") REFERENCES "behavioral_category"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "behavioral_paradigm" ADD CONSTRAINT "FK_b5a6fb8877e2a1232981055c367" FOREIGN KEY ("setup_type_id") REFERENCES "setup_type"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "imported_object" ADD CONSTRAINT "FK_285fdac3dd0a7f7aa8e16a4567e" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(`
      CREATE FUNCTION "refuse_to_rewrite_history"() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'The record of publications is only ever added to.';
      END $$`);
    await runner.query(`
      CREATE TRIGGER "publication_event_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "publication_event"
      FOR EACH STATEMENT EXECUTE FUNCTION "refuse_to_rewrite_history"()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TRIGGER "publication_event_append_only" ON "publication_event"`);
    await runner.query(`DROP FUNCTION "refuse_to_rewrite_history"()`);
    await runner.query(`ALTER TABLE "imported_object" DROP CONSTRAINT "FK_285fdac3dd0a7f7aa8e16a4567e"`);
    await runner.query(`ALTER TABLE "behavioral_paradigm" DROP CONSTRAINT "FK_b5a6fb8877e2a1232981055c367"`);
    await runner.query(`ALTER TABLE "behavioral_paradigm" DROP CONSTRAINT "FK_66793851fb15518e9a38b306794"`);
    await runner.query(`ALTER TABLE "behavioral_category" DROP CONSTRAINT "FK_3884b1bbbe2433daa9a11a48e3b"`);
    await runner.query(`ALTER TABLE "behavior" DROP CONSTRAINT "FK_0999fd2395b53bed8e2a86225d4"`);
    await runner.query(`ALTER TABLE "behavior" DROP CONSTRAINT "FK_f4ebfe0738b30a871db73d5f703"`);
    await runner.query(`ALTER TABLE "behavior" DROP CONSTRAINT "FK_d84e2d5b797bfb3ccc23b50d506"`);
    await runner.query(`ALTER TABLE "behavior" DROP CONSTRAINT "FK_4e09d05eb269bb0c4ddeec01200"`);
    await runner.query(`ALTER TABLE "setup" DROP CONSTRAINT "FK_61e0efdf96f339c10d07df74db9"`);
    await runner.query(`ALTER TABLE "setup_type" DROP CONSTRAINT "FK_d2fc8f4b6520194474604b66b6b"`);
    await runner.query(`ALTER TABLE "membership" DROP CONSTRAINT "FK_d7b446f7f7f75e661fce14a25f0"`);
    await runner.query(`ALTER TABLE "membership" DROP CONSTRAINT "FK_e9c72e8d29784031c96f5c6af8d"`);
    await runner.query(`ALTER TABLE "membership" DROP CONSTRAINT "FK_bb1ab764e330489451e2b844810"`);
    await runner.query(`ALTER TABLE "membership" DROP CONSTRAINT "FK_621e9a5058869d6fe23525a2659"`);
    await runner.query(`ALTER TABLE "membership" DROP CONSTRAINT "FK_e414dd20a6649fcaba196025540"`);
    await runner.query(`ALTER TABLE "membership" DROP CONSTRAINT "FK_8981a57f246d6774e3db2c64e1d"`);
    await runner.query(`ALTER TABLE "membership" DROP CONSTRAINT "FK_16a3bd60719b3cebb8ba71266b4"`);
    await runner.query(
      `ALTER TABLE "laboratory_principal_investigator" DROP CONSTRAINT "FK_4dc5f3cb405e981ed5a2a5ffa3e"`,
    );
    await runner.query(
      `ALTER TABLE "laboratory_principal_investigator" DROP CONSTRAINT "FK_1f5cc8e5a95d6f179e52eebb57e"`,
    );
    await runner.query(`ALTER TABLE "laboratory" DROP CONSTRAINT "FK_55f362a651602626e77a4510732"`);
    await runner.query(`ALTER TABLE "group_membership" DROP CONSTRAINT "FK_bf83ea989836a2ff52ab405dff9"`);
    await runner.query(`ALTER TABLE "group_membership" DROP CONSTRAINT "FK_7a1166a6e3a6a3431a699257719"`);
    await runner.query(`ALTER TABLE "consumable_stock" DROP CONSTRAINT "FK_4129c52cae95d58a27729c8898d"`);
    await runner.query(`ALTER TABLE "consumable_stock" DROP CONSTRAINT "FK_3ca3c10f534a0bc6cf06bc5cfee"`);
    await runner.query(`ALTER TABLE "procedure" DROP CONSTRAINT "FK_d9f583c331cecccf7303a90571c"`);
    await runner.query(`ALTER TABLE "procedure" DROP CONSTRAINT "FK_5d30c3b40a4958911dfdcd38866"`);
    await runner.query(`ALTER TABLE "procedure" DROP CONSTRAINT "FK_4604e9bc0c6abe0361091544bc1"`);
    await runner.query(`ALTER TABLE "procedure_log_entry" DROP CONSTRAINT "FK_38d42de35727f696e08e9352e5e"`);
    await runner.query(`ALTER TABLE "procedure_log" DROP CONSTRAINT "FK_e9a32f12849680aec8cb35806c7"`);
    await runner.query(`ALTER TABLE "brain_region" DROP CONSTRAINT "FK_71dc0312d679ce578e78b438c78"`);
    await runner.query(`ALTER TABLE "subject" DROP CONSTRAINT "FK_eacf9776d81371d46c6a23a491d"`);
    await runner.query(`ALTER TABLE "subject" DROP CONSTRAINT "FK_f45dd77f7a95f686b5b7fc67bbc"`);
    await runner.query(`ALTER TABLE "subject" DROP CONSTRAINT "FK_6d0f7ceb130481dedbef11fd5dd"`);
    await runner.query(`ALTER TABLE "strain" DROP CONSTRAINT "FK_a99ed5e18aa2863216e66ddc110"`);
    await runner.query(`ALTER TABLE "strain" DROP CONSTRAINT "FK_85635213c95710c3ae96ebdaa34"`);
    await runner.query(`ALTER TABLE "species" DROP CONSTRAINT "FK_9410a4a20c0c1dc6e42c895b180"`);
    await runner.query(`ALTER TABLE "subject_log_entry" DROP CONSTRAINT "FK_91dda877693a6b95f494077b7ea"`);
    await runner.query(`ALTER TABLE "subject_log" DROP CONSTRAINT "FK_788b1f607fc834718041a211bca"`);
    await runner.query(`ALTER TABLE "cohort_subject" DROP CONSTRAINT "FK_04a24e8be8d94ef821053713c20"`);
    await runner.query(`ALTER TABLE "cohort_subject" DROP CONSTRAINT "FK_07789f82edca4834197eb3cb286"`);
    await runner.query(`ALTER TABLE "cohort" DROP CONSTRAINT "FK_f32d11aeeebc3b4748d22de4d1a"`);
    await runner.query(`ALTER TABLE "contributor" DROP CONSTRAINT "FK_16ce6a76e8a6808b976a61db487"`);
    await runner.query(`ALTER TABLE "contributor" DROP CONSTRAINT "FK_c2a365d77bbca6bcd4c5a35b315"`);
    await runner.query(`ALTER TABLE "collection_session" DROP CONSTRAINT "FK_0f9580dcdb60c7226f90b2c34d7"`);
    await runner.query(`ALTER TABLE "collection_session" DROP CONSTRAINT "FK_4eb8388d7bbc5a567f1fb21d7a0"`);
    await runner.query(`ALTER TABLE "collection" DROP CONSTRAINT "FK_9547b726dcae3e41adc6d5f6b7a"`);
    await runner.query(`ALTER TABLE "project_publication" DROP CONSTRAINT "FK_ae182014c754f58897334d0007e"`);
    await runner.query(`ALTER TABLE "project_publication" DROP CONSTRAINT "FK_a1143ee22f2419a45a90804c2ae"`);
    await runner.query(`ALTER TABLE "project_session" DROP CONSTRAINT "FK_25f97324d759e98641dcc596374"`);
    await runner.query(`ALTER TABLE "project_session" DROP CONSTRAINT "FK_75af6756c5e8531e8806f4e9019"`);
    await runner.query(`ALTER TABLE "project_subject" DROP CONSTRAINT "FK_4b9e8e0bdb2d08bc11353925d93"`);
    await runner.query(`ALTER TABLE "project_subject" DROP CONSTRAINT "FK_cfd212bdb0cadbe96f8fa61c204"`);
    await runner.query(`ALTER TABLE "publication" DROP CONSTRAINT "FK_d1bb145a46883d96c728f64c189"`);
    await runner.query(`ALTER TABLE "publication" DROP CONSTRAINT "FK_8041ab025739ae4b3174c51e8f0"`);
    await runner.query(`ALTER TABLE "journal" DROP CONSTRAINT "FK_0a325274b407b87b6ade85e421b"`);
    await runner.query(`ALTER TABLE "session_data_storage" DROP CONSTRAINT "FK_cda4096e640e2278873105b2341"`);
    await runner.query(`ALTER TABLE "session_data_storage" DROP CONSTRAINT "FK_76c7d3826479ab63fa97f45f99d"`);
    await runner.query(`ALTER TABLE "session_subject" DROP CONSTRAINT "FK_35b6277661eeaa885fae7804676"`);
    await runner.query(`ALTER TABLE "session_subject" DROP CONSTRAINT "FK_297df94538f90370862fa2b8441"`);
    await runner.query(`ALTER TABLE "data_acquisition" DROP CONSTRAINT "FK_c26a2db6e5e9c04f011e61d66d0"`);
    await runner.query(`ALTER TABLE "data_acquisition" DROP CONSTRAINT "FK_35887b8041bb3a74b312e376b2e"`);
    await runner.query(`ALTER TABLE "data_acquisition" DROP CONSTRAINT "FK_7ac5b2d87fb9a8f2aef937cdb45"`);
    await runner.query(`ALTER TABLE "epoch" DROP CONSTRAINT "FK_c60670da810b92c0d8cdd77959d"`);
    await runner.query(`ALTER TABLE "manipulation" DROP CONSTRAINT "FK_030a4afb23de1c16c10d1621dc6"`);
    await runner.query(`ALTER TABLE "manipulation" DROP CONSTRAINT "FK_00d6e0101d46204d5571bef1932"`);
    await runner.query(`ALTER TABLE "procedure_equipment" DROP CONSTRAINT "FK_6f7f4b3ec06901ba27f60a0d09d"`);
    await runner.query(`ALTER TABLE "procedure_equipment" DROP CONSTRAINT "FK_dd465316ba3fd22659ed3d8155b"`);
    await runner.query(`ALTER TABLE "manipulation_equipment" DROP CONSTRAINT "FK_37ae5267411cd1863a41fd74fcf"`);
    await runner.query(`ALTER TABLE "manipulation_equipment" DROP CONSTRAINT "FK_a0ec6d9244d7aa47e0362bd71a4"`);
    await runner.query(`ALTER TABLE "manipulation_procedure" DROP CONSTRAINT "FK_3716104a95e363f062cba10f52c"`);
    await runner.query(`ALTER TABLE "manipulation_procedure" DROP CONSTRAINT "FK_a513deccaaa4442a72927a970de"`);
    await runner.query(`ALTER TABLE "data_acquisition_equipment" DROP CONSTRAINT "FK_2107814f748d27779a1d5bc608b"`);
    await runner.query(`ALTER TABLE "data_acquisition_equipment" DROP CONSTRAINT "FK_3d0439e9bc02ff02c52ee4ba8b0"`);
    await runner.query(`ALTER TABLE "data_acquisition_procedure" DROP CONSTRAINT "FK_712fec02d07a4db0d362f48d194"`);
    await runner.query(`ALTER TABLE "data_acquisition_procedure" DROP CONSTRAINT "FK_14a283ef73129e2a69382162435"`);
    await runner.query(`ALTER TABLE "behavior_subject" DROP CONSTRAINT "FK_9bc596ea6ffe1dee300359565af"`);
    await runner.query(`ALTER TABLE "behavior_subject" DROP CONSTRAINT "FK_950bbb8aae73ad939abef482b6b"`);
    await runner.query(`ALTER TABLE "equipment" DROP CONSTRAINT "FK_bf44ae1bb84779e4a0afe713102"`);
    await runner.query(`ALTER TABLE "equipment" DROP CONSTRAINT "FK_c147cc1b95494859d89aea7857e"`);
    await runner.query(`ALTER TABLE "equipment" DROP CONSTRAINT "FK_e7c9106604d0d0a52f9b3914f95"`);
    await runner.query(`ALTER TABLE "consumable" DROP CONSTRAINT "FK_8d8514a3b34f85f77958f75d9bb"`);
    await runner.query(`ALTER TABLE "consumable" DROP CONSTRAINT "FK_0f849d313e413e2b26a7bc1aac3"`);
    await runner.query(`ALTER TABLE "hardware_device" DROP CONSTRAINT "FK_f34210b591d4a6d14e658230643"`);
    await runner.query(`ALTER TABLE "hardware_device" DROP CONSTRAINT "FK_8dd6e9024510cdb603494866268"`);
    await runner.query(`ALTER TABLE "supplier" DROP CONSTRAINT "FK_6fc13488423180a6ec432ea4560"`);
    await runner.query(`ALTER TABLE "data_storage_protocol" DROP CONSTRAINT "FK_34c543487e33e21396cec56d51c"`);
    await runner.query(`DROP INDEX "public"."IDX_23a19e431390e220ef6a1d0272"`);
    await runner.query(`DROP TABLE "publication_event"`);
    await runner.query(`DROP INDEX "public"."IDX_2c52d78e9ce12c92780c164c31"`);
    await runner.query(`DROP TABLE "imported_object"`);
    await runner.query(`DROP INDEX "public"."IDX_b5a6fb8877e2a1232981055c36"`);
    await runner.query(`DROP INDEX "public"."IDX_66793851fb15518e9a38b30679"`);
    await runner.query(`DROP TABLE "behavioral_paradigm"`);
    await runner.query(`DROP INDEX "public"."IDX_35f818eddcf7f93221275b9afc"`);
    await runner.query(`DROP INDEX "public"."IDX_3884b1bbbe2433daa9a11a48e3"`);
    await runner.query(`DROP TABLE "behavioral_category"`);
    await runner.query(`DROP INDEX "public"."IDX_f4ebfe0738b30a871db73d5f70"`);
    await runner.query(`DROP INDEX "public"."IDX_d84e2d5b797bfb3ccc23b50d50"`);
    await runner.query(`DROP INDEX "public"."IDX_b572a4b5e63b9621d2c68da957"`);
    await runner.query(`DROP INDEX "public"."IDX_4e09d05eb269bb0c4ddeec0120"`);
    await runner.query(`DROP TABLE "behavior"`);
    await runner.query(`DROP INDEX "public"."IDX_61e0efdf96f339c10d07df74db"`);
    await runner.query(`DROP TABLE "setup"`);
    await runner.query(`DROP INDEX "public"."IDX_0b89db25aed506a98b021d2437"`);
    await runner.query(`DROP INDEX "public"."IDX_d2fc8f4b6520194474604b66b6"`);
    await runner.query(`DROP TABLE "setup_type"`);
    await runner.query(`DROP INDEX "public"."IDX_5908dcc4d5eff5146e88cc5362"`);
    await runner.query(`DROP INDEX "public"."IDX_f8c0331482a745baa219c8e770"`);
    await runner.query(`DROP INDEX "public"."IDX_581b4b300a843ac709f59536a7"`);
    await runner.query(`DROP INDEX "public"."IDX_36e860223ed25e3e22f74c5298"`);
    await runner.query(`DROP INDEX "public"."IDX_e7fd2eb559c69fd686e98f6316"`);
    await runner.query(`DROP INDEX "public"."IDX_d15a699d367a55211e6f0aadad"`);
    await runner.query(`DROP INDEX "public"."IDX_2c453578e11821cfb594b3ef27"`);
    await runner.query(`DROP INDEX "public"."IDX_ea0c995b89cc7df22a86302291"`);
    await runner.query(`DROP INDEX "public"."IDX_8dc01f46e039cbce4eb939f581"`);
    await runner.query(`DROP INDEX "public"."IDX_65788c47883ba03e06100e98ab"`);
    await runner.query(`DROP INDEX "public"."IDX_d7b446f7f7f75e661fce14a25f"`);
    await runner.query(`DROP INDEX "public"."IDX_e9c72e8d29784031c96f5c6af8"`);
    await runner.query(`DROP INDEX "public"."IDX_bb1ab764e330489451e2b84481"`);
    await runner.query(`DROP INDEX "public"."IDX_621e9a5058869d6fe23525a265"`);
    await runner.query(`DROP INDEX "public"."IDX_e414dd20a6649fcaba19602554"`);
    await runner.query(`DROP INDEX "public"."IDX_8981a57f246d6774e3db2c64e1"`);
    await runner.query(`DROP INDEX "public"."IDX_16a3bd60719b3cebb8ba71266b"`);
    await runner.query(`DROP TABLE "membership"`);
    await runner.query(`DROP INDEX "public"."IDX_4dc5f3cb405e981ed5a2a5ffa3"`);
    await runner.query(`DROP TABLE "laboratory_principal_investigator"`);
    await runner.query(`DROP INDEX "public"."IDX_55f362a651602626e77a451073"`);
    await runner.query(`DROP TABLE "laboratory"`);
    await runner.query(`DROP INDEX "public"."IDX_2c0c7d9249ef90badec2284834"`);
    await runner.query(`DROP INDEX "public"."IDX_bf83ea989836a2ff52ab405dff"`);
    await runner.query(`DROP INDEX "public"."IDX_7a1166a6e3a6a3431a69925771"`);
    await runner.query(`DROP TABLE "group_membership"`);
    await runner.query(`DROP TABLE "group"`);
    await runner.query(`DROP TABLE "inventory"`);
    await runner.query(`DROP INDEX "public"."IDX_4129c52cae95d58a27729c8898"`);
    await runner.query(`DROP INDEX "public"."IDX_3ca3c10f534a0bc6cf06bc5cfe"`);
    await runner.query(`DROP TABLE "consumable_stock"`);
    await runner.query(`DROP INDEX "public"."IDX_d9f583c331cecccf7303a90571"`);
    await runner.query(`DROP INDEX "public"."IDX_5d30c3b40a4958911dfdcd3886"`);
    await runner.query(`DROP INDEX "public"."IDX_4604e9bc0c6abe0361091544bc"`);
    await runner.query(`DROP TABLE "procedure"`);
    await runner.query(`DROP INDEX "public"."IDX_38d42de35727f696e08e9352e5"`);
    await runner.query(`DROP TABLE "procedure_log_entry"`);
    await runner.query(`DROP INDEX "public"."IDX_e9a32f12849680aec8cb35806c"`);
    await runner.query(`DROP TABLE "procedure_log"`);
    await runner.query(`DROP INDEX "public"."IDX_7ca4db05deaf6371a34159417f"`);
    await runner.query(`DROP INDEX "public"."IDX_30af136b8e7d3beb5e0a2b60e0"`);
    await runner.query(`DROP INDEX "public"."IDX_71dc0312d679ce578e78b438c7"`);
    await runner.query(`DROP TABLE "brain_region"`);
    await runner.query(`DROP INDEX "public"."IDX_f45dd77f7a95f686b5b7fc67bb"`);
    await runner.query(`DROP INDEX "public"."IDX_2b2aa9cec0aad850a8b7516358"`);
    await runner.query(`DROP INDEX "public"."IDX_6d0f7ceb130481dedbef11fd5d"`);
    await runner.query(`DROP TABLE "subject"`);
    await runner.query(`DROP INDEX "public"."IDX_5548ce8f600f922385779c22a2"`);
    await runner.query(`DROP INDEX "public"."IDX_a99ed5e18aa2863216e66ddc11"`);
    await runner.query(`DROP INDEX "public"."IDX_85635213c95710c3ae96ebdaa3"`);
    await runner.query(`DROP TABLE "strain"`);
    await runner.query(`DROP INDEX "public"."IDX_70f74c48f9ead21b990fc3c0ea"`);
    await runner.query(`DROP INDEX "public"."IDX_9410a4a20c0c1dc6e42c895b18"`);
    await runner.query(`DROP TABLE "species"`);
    await runner.query(`DROP INDEX "public"."IDX_91dda877693a6b95f494077b7e"`);
    await runner.query(`DROP TABLE "subject_log_entry"`);
    await runner.query(`DROP INDEX "public"."IDX_788b1f607fc834718041a211bc"`);
    await runner.query(`DROP TABLE "subject_log"`);
    await runner.query(`DROP INDEX "public"."IDX_04a24e8be8d94ef821053713c2"`);
    await runner.query(`DROP INDEX "public"."IDX_c1ff7cf090984825e4cb27cbbc"`);
    await runner.query(`DROP TABLE "cohort_subject"`);
    await runner.query(`DROP INDEX "public"."IDX_f32d11aeeebc3b4748d22de4d1"`);
    await runner.query(`DROP TABLE "cohort"`);
    await runner.query(`DROP TABLE "project"`);
    await runner.query(`DROP INDEX "public"."IDX_16ce6a76e8a6808b976a61db48"`);
    await runner.query(`DROP INDEX "public"."IDX_c2a365d77bbca6bcd4c5a35b31"`);
    await runner.query(`DROP TABLE "contributor"`);
    await runner.query(`DROP INDEX "public"."IDX_0f9580dcdb60c7226f90b2c34d"`);
    await runner.query(`DROP INDEX "public"."IDX_e1a05aeaf62a87bcef779fc539"`);
    await runner.query(`DROP TABLE "collection_session"`);
    await runner.query(`DROP INDEX "public"."IDX_9547b726dcae3e41adc6d5f6b7"`);
    await runner.query(`DROP TABLE "collection"`);
    await runner.query(`DROP INDEX "public"."IDX_ae182014c754f58897334d0007"`);
    await runner.query(`DROP TABLE "project_publication"`);
    await runner.query(`DROP INDEX "public"."IDX_25f97324d759e98641dcc59637"`);
    await runner.query(`DROP TABLE "project_session"`);
    await runner.query(`DROP INDEX "public"."IDX_4b9e8e0bdb2d08bc11353925d9"`);
    await runner.query(`DROP TABLE "project_subject"`);
    await runner.query(`DROP INDEX "public"."IDX_d1bb145a46883d96c728f64c18"`);
    await runner.query(`DROP INDEX "public"."IDX_8041ab025739ae4b3174c51e8f"`);
    await runner.query(`DROP TABLE "publication"`);
    await runner.query(`DROP INDEX "public"."IDX_0fc817b2e61613d9a7e3ca9a21"`);
    await runner.query(`DROP INDEX "public"."IDX_0a325274b407b87b6ade85e421"`);
    await runner.query(`DROP TABLE "journal"`);
    await runner.query(`DROP TABLE "session"`);
    await runner.query(`DROP INDEX "public"."IDX_cda4096e640e2278873105b234"`);
    await runner.query(`DROP TABLE "session_data_storage"`);
    await runner.query(`DROP INDEX "public"."IDX_35b6277661eeaa885fae780467"`);
    await runner.query(`DROP TABLE "session_subject"`);
    await runner.query(`DROP INDEX "public"."IDX_35887b8041bb3a74b312e376b2"`);
    await runner.query(`DROP INDEX "public"."IDX_90734ffc262ce627f2a27d9c57"`);
    await runner.query(`DROP INDEX "public"."IDX_7ac5b2d87fb9a8f2aef937cdb4"`);
    await runner.query(`DROP TABLE "data_acquisition"`);
    await runner.query(`DROP INDEX "public"."IDX_c60670da810b92c0d8cdd77959"`);
    await runner.query(`DROP TABLE "epoch"`);
    await runner.query(`DROP INDEX "public"."IDX_845d36bb616d1664f55b054974"`);
    await runner.query(`DROP INDEX "public"."IDX_00d6e0101d46204d5571bef193"`);
    await runner.query(`DROP TABLE "manipulation"`);
    await runner.query(`DROP INDEX "public"."IDX_6f7f4b3ec06901ba27f60a0d09"`);
    await runner.query(`DROP TABLE "procedure_equipment"`);
    await runner.query(`DROP INDEX "public"."IDX_37ae5267411cd1863a41fd74fc"`);
    await runner.query(`DROP TABLE "manipulation_equipment"`);
    await runner.query(`DROP INDEX "public"."IDX_3716104a95e363f062cba10f52"`);
    await runner.query(`DROP TABLE "manipulation_procedure"`);
    await runner.query(`DROP INDEX "public"."IDX_2107814f748d27779a1d5bc608"`);
    await runner.query(`DROP TABLE "data_acquisition_equipment"`);
    await runner.query(`DROP INDEX "public"."IDX_712fec02d07a4db0d362f48d19"`);
    await runner.query(`DROP TABLE "data_acquisition_procedure"`);
    await runner.query(`DROP INDEX "public"."IDX_9bc596ea6ffe1dee300359565a"`);
    await runner.query(`DROP TABLE "behavior_subject"`);
    await runner.query(`DROP INDEX "public"."IDX_bf44ae1bb84779e4a0afe71310"`);
    await runner.query(`DROP INDEX "public"."IDX_c147cc1b95494859d89aea7857"`);
    await runner.query(`DROP INDEX "public"."IDX_e7c9106604d0d0a52f9b3914f9"`);
    await runner.query(`DROP TABLE "equipment"`);
    await runner.query(`DROP INDEX "public"."IDX_da6da41740f45ccc3712fd5a73"`);
    await runner.query(`DROP INDEX "public"."IDX_8d8514a3b34f85f77958f75d9b"`);
    await runner.query(`DROP INDEX "public"."IDX_0f849d313e413e2b26a7bc1aac"`);
    await runner.query(`DROP TABLE "consumable"`);
    await runner.query(`DROP INDEX "public"."IDX_e2678f7af5439e67f4c5abadb2"`);
    await runner.query(`DROP INDEX "public"."IDX_f34210b591d4a6d14e65823064"`);
    await runner.query(`DROP INDEX "public"."IDX_8dd6e9024510cdb60349486626"`);
    await runner.query(`DROP TABLE "hardware_device"`);
    await runner.query(`DROP INDEX "public"."IDX_9867f6afc37229268254e55763"`);
    await runner.query(`DROP INDEX "public"."IDX_6fc13488423180a6ec432ea456"`);
    await runner.query(`DROP TABLE "supplier"`);
    await runner.query(`DROP TABLE "user"`);
    await runner.query(`DROP INDEX "public"."IDX_34c543487e33e21396cec56d51"`);
    await runner.query(`DROP TABLE "data_storage_protocol"`);
    await runner.query(`DROP TABLE "data_storage"`);
  }
}
