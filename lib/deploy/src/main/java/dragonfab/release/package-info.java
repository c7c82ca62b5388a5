/**
 * One release on one target: locked, brought, armed, activated, verified, then confirmed or rolled back. It knows no
 * kind of release, only what each kind has to say.
 */
package dragonfab.release;
