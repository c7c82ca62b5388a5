package dragonfab.release;

import dragonfab.report.LongList;

/**
 * One line of a preview: what a deploy will meet or do at one place.
 *
 * @param about one thing, of which there is one line at a place
 * @param mark  tells two states apart that read the same, as the checksum of an edited file does; "" where none do
 */
public record PlanLine(Kind kind, String about, String text, String mark) {

    /** What a line is to a plan. */
    public enum Kind {
        /** As it is, it was agreed to: another one is reason enough not to go on. */
        FACT,
        /** Worth knowing, and always in motion. */
        REMARK,
        /** A deploy would fail or be refused. */
        PROBLEM
    }

    public static PlanLine fact(String about, String text) {
        return fact(about, text, "");
    }

    public static PlanLine fact(String about, String text, String mark) {
        return new PlanLine(Kind.FACT, about, text, mark);
    }

    public static PlanLine remark(String about, String text) {
        return new PlanLine(Kind.REMARK, about, text, "");
    }

    public static PlanLine problem(String about, String text) {
        return new PlanLine(Kind.PROBLEM, about, text, "");
    }

    /** With all of its lists, for a file. */
    public PlanLine whole() {
        return new PlanLine(kind, about, LongList.whole(text), mark);
    }

    public boolean bad() {
        return kind == Kind.PROBLEM;
    }

    /** Whether it is part of what was agreed to. */
    public boolean counts() {
        return kind != Kind.REMARK;
    }
}
