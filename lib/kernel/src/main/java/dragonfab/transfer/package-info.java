/**
 * How a file comes to a target or from it: whole, as a delta, or from a neighbour. It gets its name only when its
 * checksum is right.
 */
package dragonfab.transfer;
