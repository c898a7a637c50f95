#include "pdf/content/font_widths.h"

#include <algorithm>

namespace sohoa {
namespace {

using Kind = PdfValue::Kind;
constexpr std::size_t kMaxCode = 65536;
/// Hostile lists of widths may name every code again and again.
constexpr std::int64_t kMaxRanged = 4 * 65536;

void put(std::vector<float>& widths, std::int64_t code, double width) {
  if (code < 0 || static_cast<std::size_t>(code) >= kMaxCode) return;
  const auto at = static_cast<std::size_t>(code);
  if (widths.size() <= at) widths.resize(std::min(kMaxCode, std::max(at + 1, 2 * at)), -1.0F);
  widths[at] = static_cast<float>(width);
}

}  // namespace

FontWidths::FontWidths(const PdfRevisions& file, const PdfValue& font) {
  if (file.get(font, "Subtype").isName("Type0")) {
    twoBytes_ = true;
    standard_ = 1000;
    const PdfValue list = file.get(font, "DescendantFonts");
    if (!list.items.empty()) readComposite(file, file.resolve(list.items.front()));
    return;
  }
  // A Type 3 font has a space of its own; its matrix is nearly always 0.001 or 1 over the size.
  double scale = 1;
  if (file.get(font, "Subtype").isName("Type3")) {
    const PdfValue matrix = file.get(font, "FontMatrix");
    if (!matrix.items.empty()) scale = 1000 * file.resolve(matrix.items.front()).number();
  }
  const std::int64_t first = file.get(font, "FirstChar").integer;
  const PdfValue widths = file.get(font, "Widths");
  for (std::size_t i = 0; i < widths.items.size() && i < 256; ++i) {
    put(widths_, first + static_cast<std::int64_t>(i),
        file.resolve(widths.items[i]).number() * scale);
  }
  if (!widths_.empty()) {
    standard_ = file.get(file.get(font, "FontDescriptor"), "MissingWidth").number();
  }
}

void FontWidths::readComposite(const PdfRevisions& file, const PdfValue& descendant) {
  if (const PdfValue standard = file.get(descendant, "DW"); standard.isNumber()) {
    standard_ = standard.number();
  }
  const PdfValue list = file.get(descendant, "W");
  std::int64_t ranged = 0;
  for (std::size_t i = 0; i + 1 < list.items.size();) {
    const std::int64_t first = file.resolve(list.items[i]).integer;
    const PdfValue second = file.resolve(list.items[i + 1]);
    if (second.is(Kind::array)) {
      for (std::size_t k = 0; k < second.items.size(); ++k) {
        put(widths_, first + static_cast<std::int64_t>(k), file.resolve(second.items[k]).number());
      }
      i += 2;
    } else if (i + 2 < list.items.size()) {
      const double width = file.resolve(list.items[i + 2]).number();
      for (std::int64_t code = std::max<std::int64_t>(first, 0);
           code <= std::min<std::int64_t>(second.integer, 65535) && ranged < kMaxRanged; ++code) {
        put(widths_, code, width);
        ++ranged;
      }
      i += 3;
    } else {
      break;
    }
  }
}

FontWidths::Extent FontWidths::of(std::string_view bytes) const {
  Extent extent;
  const std::size_t step = twoBytes_ ? 2 : 1;
  for (std::size_t i = 0; i + step <= bytes.size(); i += step) {
    std::size_t code = static_cast<unsigned char>(bytes[i]);
    if (twoBytes_) code = code << 8 | static_cast<unsigned char>(bytes[i + 1]);
    const float width = code < widths_.size() ? widths_[code] : -1.0F;
    extent.width += width >= 0 ? static_cast<double>(width) : standard_;
    ++extent.codes;
    // 9.3.3: word spacing is for the one-byte code 32 alone.
    const bool space = !twoBytes_ && code == 32;
    extent.spaces += space ? 1 : 0;
    extent.blank = extent.blank && space;
  }
  return extent;
}

}  // namespace sohoa
