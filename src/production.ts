/**
 * To be imported before everything else: libraries leave out checks that help while one develops, graphql-js one for each
 * value.
 */
process.env['NODE_ENV'] ??= 'production';
