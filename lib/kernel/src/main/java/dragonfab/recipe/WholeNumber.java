package dragonfab.recipe;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time or a count that somebody types as an option, held to what can be meant as the keys of the file are. */
public abstract class WholeNumber implements ITypeConverter<Integer> {
    /** Thirty years of seconds, and more than anybody has of anything. */
    private static final int MOST = 999_999_999;
    private final int least;

    private WholeNumber(int least) {
        this.least = least;
    }

    @Override
    public final Integer convert(String typed) {
        if (!typed.matches("0|[1-9][0-9]{0,8}") || Integer.parseInt(typed) < least) {
            throw new TypeConversionException("should be a number from " + least + " to " + MOST + ", found " + typed);
        }
        return Integer.valueOf(typed);
    }

    /** Where none would do nothing, or end before it has begun. */
    public static final class OneOrMore extends WholeNumber {
        public OneOrMore() {
            super(1);
        }
    }

    /** Where none says something of its own. */
    public static final class NoneOrMore extends WholeNumber {
        public NoneOrMore() {
            super(0);
        }
    }
}
