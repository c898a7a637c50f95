#include "signing/appearance/page_objects.h"

#include <algorithm>
#include <set>

#include "pdf/content/page_keys.h"
#include "pdf/content/page_marks.h"

namespace sohoa {
namespace {

using Kind = PdfValue::Kind;

/// A deeper page tree is refused: it is malformed or hostile.
constexpr int kMaxTreeDepth = 64;

/// Finds a leaf of the page tree by its number, counted from the start or from the end.
class PageFinder {
 public:
  PageFinder(const PdfRevisions& file, bool backwards) : file_(file), backwards_(backwards) {}

  /// Returns the leaf of this branch at which `left` counts down to 0.
  std::optional<PdfRef> find(const PdfValue& item, int& left, int depth = 0) {
    if (!item.is(Kind::reference) || depth > kMaxTreeDepth ||
        !seen_.insert(item.reference).second) {
      throw PdfSyntaxError("malformed page tree", 0);
    }
    const PdfValue node = file_.resolve(item);
    if (!node.is(Kind::dictionary)) return std::nullopt;
    PdfValue kids = file_.get(node, "Kids");
    if (!kids.is(Kind::array)) {
      return --left == 0 ? std::optional(item.reference) : std::nullopt;
    }
    if (backwards_) std::reverse(kids.items.begin(), kids.items.end());
    for (const PdfValue& kid : kids.items) {
      if (auto found = find(kid, left, depth + 1)) return found;
    }
    return std::nullopt;
  }

 private:
  const PdfRevisions& file_;
  bool backwards_;
  std::set<PdfRef> seen_;
};

bool readBox(const PdfRevisions& file, const PdfValue& page, std::string_view key,
             PageGeometry& box) {
  const PdfValue value = inheritedOf(file, page, key);
  if (value.items.size() != 4) return false;
  double side[4];
  for (std::size_t i = 0; i < 4; ++i) side[i] = file.resolve(value.items[i]).number();
  box.left = std::min(side[0], side[2]);
  box.right = std::max(side[0], side[2]);
  box.bottom = std::min(side[1], side[3]);
  box.top = std::max(side[1], side[3]);
  return box.right > box.left && box.top > box.bottom;
}

PageGeometry geometryOf(const PdfRevisions& file, const PdfValue& page) {
  PageGeometry media{0, 0, 612, 792, 0, 1}, crop;
  readBox(file, page, "MediaBox", media);
  if (readBox(file, page, "CropBox", crop)) {
    // 14.11.2: visible is the part of the crop box within the media box.
    const PageGeometry cut{std::max(media.left, crop.left),
                           std::max(media.bottom, crop.bottom),
                           std::min(media.right, crop.right),
                           std::min(media.top, crop.top),
                           0,
                           1};
    if (cut.right > cut.left && cut.top > cut.bottom) media = cut;
  }
  const PdfValue rotate = inheritedOf(file, page, "Rotate");
  media.rotation = static_cast<int>(((rotate.integer % 360) + 360) % 360 / 90 * 90);
  const double unit = file.get(page, "UserUnit").number();
  if (unit > 0) media.userUnit = unit;
  return media;
}

}  // namespace

DocumentPage readPage(const PdfRevisions& file, PdfRef reference) {
  DocumentPage found;
  found.reference = reference;
  found.page = file.object(reference).value;
  if (!found.page.is(Kind::dictionary)) throw PdfSyntaxError("malformed page", 0);
  found.geometry = geometryOf(file, found.page);
  return found;
}

std::optional<DocumentPage> readPage(const PdfRevisions& file, int number) {
  const PdfValue catalog = file.catalog();
  const PdfValue* pages = catalog.find("Pages");
  if (pages == nullptr || number == 0) return std::nullopt;
  int left = number > 0 ? number : -number;
  const auto found = PageFinder(file, number < 0).find(*pages, left);
  if (!found) return std::nullopt;
  return readPage(file, *found);
}

DocumentPage readFirstPage(const PdfRevisions& file) {
  auto first = readPage(file, 1);
  if (!first) throw PdfSyntaxError("document without pages", 0);
  return *std::move(first);
}

}  // namespace sohoa
