package dev.cockpitcoder.screen;

import java.util.Arrays;

/** An escape or control sequence: prefix, parameters with their sub-parameters, intermediates and final character (ECMA-48, section 5.4). */
public final class ControlSequence {
    private static final int MAX_PARAMETERS = 32;
    private static final int MAX_SUB_PARAMETERS = 8;
    private static final int LARGEST = 1_000_000;
    private static final int ABSENT = -1;

    private final int[] parameters = new int[MAX_PARAMETERS];
    private final int[][] subParameters = new int[MAX_PARAMETERS][];
    private final int[] subCounts = new int[MAX_PARAMETERS];
    private int count;
    private boolean inSub;
    private boolean tooMany;
    private final StringBuilder signature = new StringBuilder();

    ControlSequence() {
        clear();
    }

    void clear() {
        Arrays.fill(subCounts, 0, count, 0);
        count = 0;
        inSub = false;
        tooMany = false;
        signature.setLength(0);
    }

    /** A prefix or intermediate, or the final character. */
    void add(int character) {
        signature.append((char) character);
    }

    int signatureLength() {
        return signature.length();
    }

    void parameterStarts() {
        if (count == 0) {
            next();
        }
        next();
    }

    private void next() {
        inSub = false;
        tooMany = count == MAX_PARAMETERS;
        if (!tooMany) {
            parameters[count++] = ABSENT;
        }
    }

    void subParameterStarts() {
        if (count == 0) {
            next();
        }
        inSub = true;
        int at = count - 1;
        if (subParameters[at] == null) {
            subParameters[at] = new int[MAX_SUB_PARAMETERS];
        }
        if (!tooMany && subCounts[at] < MAX_SUB_PARAMETERS) {
            subParameters[at][subCounts[at]++] = ABSENT;
        }
    }

    void digit(int digit) {
        if (count == 0) {
            next();
        }
        int at = count - 1;
        if (tooMany) {
            return;
        }
        if (inSub) {
            int sub = subCounts[at] - 1;
            subParameters[at][sub] = larger(subParameters[at][sub], digit);
        } else {
            parameters[at] = larger(parameters[at], digit);
        }
    }

    private static int larger(int value, int digit) {
        return Math.min(LARGEST, Math.max(0, value) * 10 + digit);
    }

    /** Prefix, intermediates and final character, together: {@code "?h"}, {@code " q"}. */
    public String signature() {
        return signature.toString();
    }

    public int count() {
        return Math.max(1, count);
    }

    /** 0 when it is absent. */
    public int parameter(int index) {
        return index < count ? Math.max(0, parameters[index]) : 0;
    }

    /** The same for a number of steps or a position: at least 1. */
    int steps(int index) {
        return Math.max(1, parameter(index));
    }

    int subCount(int index) {
        return index < count ? subCounts[index] : 0;
    }

    /** -1 when it is absent. */
    int sub(int index, int sub) {
        return subParameters[index][sub];
    }
}
