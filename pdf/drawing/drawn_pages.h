#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "pdf/drawing/embedded_font.h"
#include "pdf/structure/incremental.h"
#include "pdf/structure/revisions.h"

namespace sohoa {

/// Places on a drawn page are millimetres from its left and its top edge, sizes of text points.
inline constexpr double kA4Width = 210, kA4Height = 297;
inline constexpr double kPointsPerMillimetre = 72 / 25.4;

/// A length as a number of points.
std::string pointsOf(double millimetres);

/// The first of these fonts that can be used. Cause documentNotWritten.
Result<EmbeddedFont> openFirstFont(const std::vector<std::string>& files);

/// `text` in lines no wider than `width` millimetres; beyond `most` lines it ends in "…". A word
/// that is wider than a line is parted.
std::vector<std::string> wrappedText(const EmbeddedFont& font, std::string_view text, double size,
                                     double width, std::size_t most);

/// A new PDF of A4 pages in portrait with one font, as one update of an empty PDF: that is what the
/// room can write. The same input gives the same bytes.
class DrawnPages {
 public:
  /// `font` was told of every text (use()); it is cut down to these.
  explicit DrawnPages(EmbeddedFont& font);
  /// Operators that show a text whose baseline begins there.
  std::string text(double left, double top, double size, std::string_view text) const;
  /// A page that is drawn by these operators.
  void add(const std::string& content);
  /// The file; `seed` makes its identifier.
  std::string finish(std::string_view seed);

 private:
  EmbeddedFont& font_;
  PdfRevisions base_;
  IncrementalUpdate update_;
  PdfRef fontRef_;
  std::string kids_;
  std::size_t count_ = 0;
};

}  // namespace sohoa
