#pragma once

#include <string>

namespace sohoa {

struct CleanPage;  // image/page_cleanup.h, internal to this library

/// Computes the fingerprint of a page: which cells of 0.68 x 0.68 mm hold ink on the upright,
/// straightened page. Two scans of one sheet have nearly the same fingerprint; one form filled in
/// twice, differently, does not. `dpi` is the resolution of `page`. Returns ASCII of about 20 kB:
/// "<columns>x<rows>:", then six cells per character, row by row; empty when the page is smaller
/// than a cell, larger than 2,000 cells (1.36 m) on a side, or scanned at less than one pixel per
/// cell.
std::string pagePrint(const CleanPage& page, double dpi);

/// How well two fingerprints agree after alignment: first the whole sheet is shifted by up to
/// 12 cells (8 mm) each way, then each tile of 24 x 12 cells (16 x 8 mm) by up to 3 more (2 mm).
struct PrintMatch {
  bool comparable = false;  ///< both parse, and their sides differ by 6 % at most
  /// Unmatched cells as a share of all inked cells of both, 0..1. A cell is unmatched when the
  /// other fingerprint has no inked cell at its place or next to it.
  double apart = 1;
  int worstPlace = 0;  ///< unmatched cells in the worst tile, which is about the size of a word
};
/// Not comparable when `a` or `b` is not a text that pagePrint() wrote.
PrintMatch comparePrints(const std::string& a, const std::string& b);

}  // namespace sohoa
