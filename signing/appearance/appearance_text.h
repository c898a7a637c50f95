#pragma once

#include <string>
#include <vector>

#include "core/result.h"
#include "pdf/drawing/embedded_font.h"
#include "signing/appearance/appearance.h"

namespace sohoa {

/// The lines of a visible signature, broken and measured (NĐ 30/2020, Annex I: Times New Roman, 10
/// pt, upright, black).
class AppearanceText {
 public:
  /// Breaks lines wider than `widest` points at spaces. Cause documentNotSigned: no font, or no
  /// glyph for a character.
  static Result<AppearanceText> of(const Appearance& appearance, double widest);

  double width() const { return width_; }  ///< points
  double height() const { return height_; }
  /// Returns operators that show the block with its lower left corner at x, y; adds the font to the
  /// update and to `fonts`, the /Font dictionary of /Resources.
  std::string draw(IncrementalUpdate& update, PdfValue& fonts, double x, double y);

 private:
  explicit AppearanceText(EmbeddedFont font) : font_(std::move(font)) {}
  EmbeddedFont font_;
  std::vector<std::string> lines_;
  double width_ = 0, height_ = 0, ascent_ = 0;
};

}  // namespace sohoa
