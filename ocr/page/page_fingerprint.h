#pragma once

#include <string>

namespace sohoa {

struct CleanPage;  // of ocr alone

/// The print of a page: where its ink lies, in cells of 0.68 mm on the upright, straightened page.
/// Two scans of one sheet have nearly the same print; two forms filled in differently do not.
/// ASCII, some 20 kB, "<columns>x<rows>:" and six cells a character.
std::string pagePrint(const CleanPage& page, double dpi);

/// How far two prints agree once one is laid over the other, each piece of it within 3 mm.
struct PrintMatch {
  bool comparable = false;  ///< both are prints, of sheets of about the same size
  double apart = 1;    ///< share of inked cells of which the other has none within a cell, 0..1
  int worstPlace = 0;  ///< such cells in the worst place of 16 x 8 mm: what differs in one word
};
PrintMatch comparePrints(const std::string& a, const std::string& b);

}  // namespace sohoa
