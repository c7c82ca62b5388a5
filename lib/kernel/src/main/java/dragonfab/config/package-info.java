/**
 * Reads environments.yml into a checked, immutable {@code Environment}. The only code that names YAML; it reaches no
 * target.
 */
package dragonfab.config;
