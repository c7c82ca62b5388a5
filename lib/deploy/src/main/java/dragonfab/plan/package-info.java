/** The sequence of a deploy: shown, saved, and carried out. Showing it changes nothing. */
package dragonfab.plan;
