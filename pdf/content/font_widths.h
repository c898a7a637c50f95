#pragma once

#include <string_view>
#include <vector>

#include "pdf/structure/revisions.h"

namespace sohoa {

/// How wide a font's codes are (ISO 32000-1:2008, 9.2.4, 9.7.4.3), in thousandths of its size.
class FontWidths {
 public:
  /// `font`: a font dictionary. A standard font without widths gets the mean of its letters.
  FontWidths(const PdfRevisions& file, const PdfValue& font);
  FontWidths() = default;

  struct Extent {
    double width = 0;  ///< thousandths, without the spacing of letters and words
    int codes = 0, spaces = 0;
    bool blank = true;  ///< nothing but spaces
  };
  Extent of(std::string_view bytes) const;

 private:
  void readComposite(const PdfRevisions& file, const PdfValue& descendant);

  bool twoBytes_ = false;
  double standard_ = 550;
  std::vector<float> widths_;  ///< by code; negative: standard_
};

}  // namespace sohoa
