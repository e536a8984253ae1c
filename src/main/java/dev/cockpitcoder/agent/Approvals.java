package dev.cockpitcoder.agent;

/** Who answers what an agent asks. */
public enum Approvals {
    /** The user. */
    ASK,
    /** The profile: yes. */
    ALLOW,
    /** The profile: no. */
    DENY
}
