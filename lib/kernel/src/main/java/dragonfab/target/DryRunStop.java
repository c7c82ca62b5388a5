package dragonfab.target;

/** A dry run has come to a question whose answer depends on a change that it did not make. */
public final class DryRunStop extends RuntimeException {

    public DryRunStop(String what) {
        super(what);
    }
}
