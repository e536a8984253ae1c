package dev.cockpitcoder.identity;

import java.time.Instant;

/** @param link opens the console and pairs it; the code is in the fragment, which no server and no log sees */
public record PairingCodeView(String code, String link, Instant expiresAt) {}
