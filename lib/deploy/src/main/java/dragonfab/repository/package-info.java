/** The signed apt repository: what is in it, and how a package gets there. Its key never leaves its machine. */
package dragonfab.repository;
