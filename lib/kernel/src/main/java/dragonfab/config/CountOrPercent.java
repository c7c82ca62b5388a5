package dragonfab.config;

import java.util.regex.Pattern;

/** So many of some targets: a number of them, or a part of a hundred, which is rounded down and is one at least. */
public record CountOrPercent(int number, boolean percent) {
    static final String SAYING = "should be a number such as 2 or a part such as 30%";
    private static final int WHOLE = 100;
    private static final Pattern FORM = Pattern.compile("(?<number>0|[1-9][0-9]{0,4})(?<percent>%)?");

    public CountOrPercent {
        if (number < 0 || percent && (number == 0 || number > WHOLE)) {
            throw new IllegalArgumentException(SAYING);
        }
    }

    static CountOrPercent parse(String text) {
        var form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(SAYING);
        }
        return new CountOrPercent(Integer.parseInt(form.group("number")), form.group("percent") != null);
    }

    public int of(int all) {
        return percent ? Math.max(1, all * number / WHOLE) : number;
    }

    @Override
    public String toString() {
        return percent ? number + "%" : String.valueOf(number);
    }
}
