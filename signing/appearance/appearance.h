#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace sohoa {

/// Where on its page a signature is shown, as the page is seen.
enum class AppearancePlace {
  topRight,             ///< agency on copies and attachments (NĐ 30/2020, Annex I)
  topLeft,              ///< who scanned the paper (TT 01/2023/TT-VPCP, Art 8)
  betweenTitleAndName,  ///< a person's image on an e-original: NĐ 30/2020, Annex I, box 7c
  overLeftOfSignature,  ///< the seal over a third of the newest visible signature: box 8
  given,                ///< where the request says
};

/// What a signature shows: lines of text, an image, or both. Text is Times-metric, upright, 10 pt,
/// black (NĐ 30/2020, Annex I). A block moves to the nearest free place when what the page has on
/// it is in the way; without free place it stands where it is prescribed. A block `given`, and
/// images with a place of their own, do not move: there only the text keeps out of the way.
struct Appearance {
  std::vector<std::string> lines;  ///< UTF-8
  /// TrueType file; empty: Liberation Serif 2, the Times-metric font of Debian that has every
  /// Vietnamese letter (version 1 has not).
  std::string font;
  /// PNG with a transparent ground; empty: none. Shown in its own size, opaque where it has colour:
  /// PDF/A-1b knows no transparency.
  std::filesystem::path image;
  double imageMillimetres = 0;  ///< its width; 0: as the image itself says
  AppearancePlace place = AppearancePlace::topRight;
  int page = 1;         ///< from 1; -1: the last one
  double x = 0, y = 0;  ///< of `given`: the middle, millimetres from the left and upper edge

  bool empty() const { return lines.empty() && image.empty(); }  ///< an invisible signature
};

}  // namespace sohoa
