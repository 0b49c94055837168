package io.oasis.bench.report;

/**
 * A drawing.
 *
 * @param svg the drawing
 * @param words what it shows, for those who do not see it; one line of plain text
 */
public record Plot(String svg, String words) {}
