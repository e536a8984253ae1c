package dev.cockpitcoder.identity;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;

/** What a person at the terminal sees once the server is up: the URL, the one-time link and its QR code. */
final class PairingCard {
    private static final String INVERSE = "\u001b[30;47m";
    private static final String PLAIN = "\u001b[0m";

    private PairingCard() {}

    static String text(String base, String link) {
        return "\n  Cockpit Coder is at " + base + "\n\n  Pair a browser or a phone, once, with this link:\n  " + link
                + "\n\n" + qr(link);
    }

    /** Two modules a character cell, dark on light whatever the terminal's colours are. */
    private static String qr(String text) {
        BitMatrix matrix;
        try {
            matrix = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0);
        } catch (WriterException e) {
            throw new IllegalStateException("the pairing link does not fit a QR code", e);
        }
        StringBuilder lines = new StringBuilder();
        for (int y = 0; y < matrix.getHeight(); y += 2) {
            lines.append("  ").append(INVERSE);
            for (int x = 0; x < matrix.getWidth(); x++) {
                boolean top = matrix.get(x, y);
                boolean bottom = y + 1 < matrix.getHeight() && matrix.get(x, y + 1);
                lines.append(top ? bottom ? '\u2588' : '\u2580' : bottom ? '\u2584' : ' ');
            }
            lines.append(PLAIN).append('\n');
        }
        return lines.toString();
    }
}
