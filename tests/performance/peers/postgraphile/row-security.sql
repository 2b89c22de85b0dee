-- Who sees what, as row level security: what PostGraphile goes by. Of roles it knows those that are held directly.
CREATE OR REPLACE FUNCTION "peer_user"() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('peer.user_id', true), '')::uuid;

GRANT SELECT ON "project", "project_session", "project_subject", "session", "session_subject", "subject", "procedure", "epoch", "behavior",
  "data_acquisition", "manipulation", "setup", "behavioral_paradigm", "data_storage", "inventory", "equipment", "consumable_stock",
  "procedure_equipment", "species", "strain", "brain_region", "setup_type", "membership" TO "peer";

CREATE OR REPLACE PROCEDURE "peer_policy"("of" text, "rule" text) LANGUAGE plpgsql AS $$ BEGIN
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', "of");
  EXECUTE format('DROP POLICY IF EXISTS "seen" ON %I', "of");
  EXECUTE format('CREATE POLICY "seen" ON %I FOR SELECT TO "peer" USING (%s)', "of", "rule");
END $$;

CALL "peer_policy"('membership', 'user_id = (SELECT peer_user()) AND accepted_at IS NOT NULL');
CALL "peer_policy"('project', 'is_public OR EXISTS (SELECT 1 FROM membership m WHERE m.project_id = project.id)');
CALL "peer_policy"('setup', 'is_public OR EXISTS (SELECT 1 FROM membership m WHERE m.setup_id = setup.id)');
CALL "peer_policy"('behavioral_paradigm', 'is_public OR EXISTS (SELECT 1 FROM membership m WHERE m.behavioral_paradigm_id = behavioral_paradigm.id)');
CALL "peer_policy"('data_storage', 'is_public OR EXISTS (SELECT 1 FROM membership m WHERE m.data_storage_id = data_storage.id)');
CALL "peer_policy"('inventory', 'is_public OR EXISTS (SELECT 1 FROM membership m WHERE m.inventory_id = inventory.id)');
CALL "peer_policy"('session', 'EXISTS (SELECT 1 FROM project_session l JOIN project p ON p.id = l.project_id WHERE l.session_id = session.id)');
CALL "peer_policy"('subject', 'EXISTS (SELECT 1 FROM project_subject l JOIN project p ON p.id = l.project_id WHERE l.subject_id = subject.id)');
CALL "peer_policy"('procedure', 'EXISTS (SELECT 1 FROM subject o WHERE o.id = subject_id)');
CALL "peer_policy"('epoch', 'EXISTS (SELECT 1 FROM session o WHERE o.id = session_id)');
CALL "peer_policy"('behavior', 'EXISTS (SELECT 1 FROM session o WHERE o.id = session_id)');
CALL "peer_policy"('data_acquisition', 'EXISTS (SELECT 1 FROM session o WHERE o.id = session_id)');
CALL "peer_policy"('manipulation', 'EXISTS (SELECT 1 FROM session o WHERE o.id = session_id)');
CALL "peer_policy"('equipment', 'EXISTS (SELECT 1 FROM setup o WHERE o.id = setup_id)');
CALL "peer_policy"('consumable_stock', 'EXISTS (SELECT 1 FROM inventory o WHERE o.id = inventory_id)');
