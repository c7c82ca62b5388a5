/** Events become terminal lines, plain text or JSON. The only code that prints, and it hides every secret. */
package dragonfab.report;
