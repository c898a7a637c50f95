#include "pdf/content/page_marks.h"

#include <algorithm>
#include <optional>

#include "pdf/content/content_marks.h"
#include "pdf/content/page_keys.h"

namespace sohoa {
namespace {

using Kind = PdfValue::Kind;

constexpr double kLetterArea = 612 * 792;

std::optional<PageMark> rectangle(const PdfRevisions& file, const PdfValue& list) {
  if (list.items.size() != 4) return std::nullopt;
  double c[4];
  for (std::size_t i = 0; i < 4; ++i) c[i] = file.resolve(list.items[i]).number();
  return PageMark{std::min(c[0], c[2]), std::min(c[1], c[3]), std::max(c[0], c[2]),
                  std::max(c[1], c[3])};
}

/// 12.5.3: neither hidden nor without a view, with a box of some size.
void markAnnotations(const PdfRevisions& file, const PdfValue& page, double pageArea,
                     std::vector<PageMark>& marks) {
  for (const PdfValue& item : file.get(page, "Annots").items) {
    const PdfValue annotation = file.resolve(item);
    const bool link = file.get(annotation, "Subtype").isName("Link");
    if (link || (file.get(annotation, "F").integer & 0x22) != 0) continue;
    const auto box = rectangle(file, file.get(annotation, "Rect"));
    const bool seen = box && box->right > box->left && box->top > box->bottom;
    if (seen && !isGround(*box, pageArea)) marks.push_back(*box);
  }
}

}  // namespace

std::vector<PageMark> pageMarks(const PdfRevisions& file, const PdfValue& page) {
  const auto whole = rectangle(file, inheritedOf(file, page, "MediaBox"));
  const double area =
      whole ? (whole->right - whole->left) * (whole->top - whole->bottom) : kLetterArea;
  std::vector<PageMark> marks;
  try {
    markAnnotations(file, page, area, marks);
    for (const PageMark& mark :
         contentMarks(file, contentOf(file, page), inheritedOf(file, page, "Resources"), area)) {
      marks.push_back(mark);
    }
  } catch (const PdfSyntaxError&) {
    // What was found so far is what there is.
  }
  return marks;
}

}  // namespace sohoa
