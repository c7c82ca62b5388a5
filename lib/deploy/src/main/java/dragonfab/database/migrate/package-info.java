/** Brings a database to the schema of its application: SQL patches first, then the application's own migrations. */
package dragonfab.database.migrate;
