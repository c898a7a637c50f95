#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/page.h"

namespace sohoa::test {

/// What is done to an office page before it is scanned, and how it is scanned.
struct OfficeLook {
  std::string name = "clean";  ///< for the card
  bool stamped = false;        ///< a seal over the signer, of any colour and of several shapes
  double fade = 1;             ///< strength of the toner, 1 = black
  double skewDegrees = 0, blur = 0.5, noise = 1.5, dpi = 300;
  int quality = 75;
};

/// One page of an agency's paper with what stands on it: another hand than the sample generator's,
/// other typefaces, spacings, wordings, seals and pens. The same seed gives the same page.
struct OfficePage {
  PageImage image;
  /// Of the six fields of tests/ocr/field_score.h, as they are printed; one that is put in by hand,
  /// or left open, or not on the page, is missing.
  std::map<std::string, std::string> fields;
  bool numberByHand = false, dateByHand = false;  ///< by pen, or left open (blank or dotted)
  std::vector<std::string> words;                 ///< printed ones, in no order
  std::string made;                               ///< typeface, pen and slots, for messages
};

struct OfficeFonts {
  std::vector<std::string> print, pen;
};
/// Those of packages/*.txt; more from $SOHOA_PRINT_FONTS and $SOHOA_PEN_FONTS ("A,B").
OfficeFonts officeFonts();

OfficePage drawOffice(unsigned seed, const OfficeLook& look, const OfficeFonts& fonts);
/// Clean, stamped, skewed, faint and 200-dpi looks, drawn from the seed.
OfficeLook officeLook(const std::string& name, unsigned seed);

}  // namespace sohoa::test
