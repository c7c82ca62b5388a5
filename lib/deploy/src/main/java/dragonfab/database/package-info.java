/** Dumps a database, loads one beside the live one, and swaps the two. The live one is untouched until the swap. */
package dragonfab.database;
