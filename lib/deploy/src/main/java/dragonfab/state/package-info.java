/**
 * What dragonfab keeps on a target: journal, lock, steps, armed rollback, facts. Pure, and the same for every kind of
 * release.
 */
package dragonfab.state;
