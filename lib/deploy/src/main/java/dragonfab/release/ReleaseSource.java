package dragonfab.release;

/** One release on its way to all targets of a deploy: it makes a candidate of each. */
public interface ReleaseSource {
    /** Before the first target is asked for its candidate. @param targets how many will be */
    default void begin(int targets) {
    }

    Candidate candidate(Place place);

    /** All targets have it, or will not get it. */
    default void end() {
    }
}
