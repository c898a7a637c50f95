#include "pdf/content/page_marks.h"

#include <algorithm>
#include <optional>

#include "pdf/content/content_marks.h"

namespace sohoa {
namespace {

using Kind = PdfValue::Kind;

constexpr int kMaxParents = 64;
constexpr double kLetterArea = 612 * 792;

std::optional<PageMark> rectangle(const PdfRevisions& file, const PdfValue& list) {
  if (list.items.size() != 4) return std::nullopt;
  double c[4];
  for (std::size_t i = 0; i < 4; ++i) c[i] = file.resolve(list.items[i]).number();
  return PageMark{std::min(c[0], c[2]), std::min(c[1], c[3]), std::max(c[0], c[2]),
                  std::max(c[1], c[3])};
}

std::string contentOf(const PdfRevisions& file, const PdfValue& page) {
  const PdfValue* contents = page.find("Contents");
  if (contents == nullptr) return {};
  std::vector<PdfValue> parts = file.resolve(*contents).items;
  if (parts.empty()) parts = {*contents};
  std::string all;
  for (const PdfValue& part : parts) {
    if (!part.is(Kind::reference)) continue;
    const PdfObject object = file.object(part.reference);
    if (object.hasStream) all += file.decoded(object) + "\n";
  }
  return all;
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

PdfValue inheritedOf(const PdfRevisions& file, PdfValue node, std::string_view key) {
  for (int depth = 0; depth < kMaxParents; ++depth) {
    PdfValue value = file.get(node, key);
    if (!value.is(Kind::null)) return value;
    node = file.get(node, "Parent");
  }
  return {};
}

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
