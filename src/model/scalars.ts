export {
  GraphQLDateTime as DateTime,
  GraphQLDate as LocalDay,
  GraphQLJSONObject as JSONObject,
  GraphQLSafeInt as SafeInt,
  GraphQLURL as Url,
} from 'graphql-scalars';
