/** Brings another environment's database here. Nobody sees it before it is anonymised. */
package dragonfab.database.clone;
