#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace sohoa {

/// Where a signature is shown on its page, in the orientation a viewer displays (after /Rotate).
enum class AppearancePlace {
  topRight,             ///< the agency's, on copies and attachments (NĐ 30/2020, Annex I)
  topLeft,              ///< name of the person who scanned (TT 01/2023/TT-VPCP, Art 8)
  betweenTitleAndName,  ///< image of a hand signature on an e-original: NĐ 30/2020, Annex I, box 7c
  overLeftOfSignature,  ///< seal over the left third of the newest visible signature: box 8
  given,                ///< at `x`, `y`
};

/// What a visible signature shows: lines of text, an image, or both. The text is set in a
/// Times-metric font, upright, 10 pt, black (NĐ 30/2020, Annex I). If page content is in the way,
/// the block moves to the nearest free place; if there is none, it stays at the prescribed place.
/// Text placed `given`, and an image placed `given`, betweenTitleAndName or overLeftOfSignature,
/// does not move; text beside such an image takes a free side of it.
struct Appearance {
  std::vector<std::string> lines;  ///< UTF-8
  /// Path of a TrueType font; empty: Liberation Serif 2, Debian's Times-metric font with every
  /// Vietnamese letter (version 1 lacks some).
  std::string font;
  /// Path of a PNG with a transparent background; empty: no image. Shown at its own size; pixels
  /// that are not transparent are drawn opaque, because PDF/A-1b knows no transparency.
  std::filesystem::path image;
  double imageMillimetres = 0;  ///< width of the image; 0: from its pHYs resolution
  AppearancePlace place = AppearancePlace::topRight;
  int page = 1;         ///< counted from 1; -1: the last page
  double x = 0, y = 0;  ///< for `given`: centre, in mm from the left and top edge

  bool empty() const { return lines.empty() && image.empty(); }  ///< signature invisible
};

}  // namespace sohoa
