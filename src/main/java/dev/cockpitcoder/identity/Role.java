package dev.cockpitcoder.identity;

/** What a token allows. The constants are the {@code groups} claim of our tokens and the names for {@code @RolesAllowed}. */
public enum Role {
    /** Makes, lists and ends sessions. */
    OPERATOR(Role.OPERATOR_NAME),
    /** Acts inside the one session its {@code sid} claim names. */
    SESSION(Role.SESSION_NAME);

    public static final String OPERATOR_NAME = "operator";
    public static final String SESSION_NAME = "session";

    private final String group;

    Role(String group) {
        this.group = group;
    }

    /** The value in the {@code groups} claim. */
    public String group() {
        return group;
    }
}
