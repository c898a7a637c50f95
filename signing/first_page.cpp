#include "signing/first_page.h"

#include <algorithm>
#include <set>
#include <vector>

namespace sohoa {
namespace {

using Kind = PdfValue::Kind;

/// Beyond this a page tree is refused as a trap.
constexpr int kMaxTreeDepth = 64;

class FirstPageReader {
 public:
  explicit FirstPageReader(const PdfRevisions& file) : file_(file) {}

  FirstPage read() {
    const PdfValue catalog = file_.catalog();
    const PdfValue* pages = catalog.find("Pages");
    FirstPage first;
    if (pages == nullptr || !descend(*pages, 0, first)) {
      throw PdfSyntaxError("document without pages", 0);
    }
    return first;
  }

 private:
  /// Goes into the tree until the first leaf; false: this branch has none.
  bool descend(const PdfValue& item, int depth, FirstPage& first) {
    if (!item.is(Kind::reference) || depth > kMaxTreeDepth ||
        !seen_.insert(item.reference).second) {
      throw PdfSyntaxError("malformed page tree", 0);
    }
    PdfValue node = file_.resolve(item);
    if (!node.is(Kind::dictionary)) return false;
    chain_.push_back(&node);
    bool found = false;
    if (const PdfValue kids = file_.get(node, "Kids"); kids.is(Kind::array)) {
      for (const PdfValue& kid : kids.items) {
        found = descend(kid, depth + 1, first);
        if (found) break;
      }
    } else {
      first.reference = item.reference;
      first.geometry = geometry();
      first.page = node;
      found = true;
    }
    chain_.pop_back();
    return found;
  }

  PdfValue inherited(std::string_view key) const {
    for (auto node = chain_.rbegin(); node != chain_.rend(); ++node) {
      PdfValue value = file_.get(**node, key);
      if (!value.is(Kind::null)) return value;
    }
    return {};
  }

  bool readBox(std::string_view key, PageGeometry& box) const {
    const PdfValue value = inherited(key);
    if (value.items.size() != 4) return false;
    double side[4];
    for (std::size_t i = 0; i < 4; ++i) side[i] = file_.resolve(value.items[i]).number();
    box.left = std::min(side[0], side[2]);
    box.right = std::max(side[0], side[2]);
    box.bottom = std::min(side[1], side[3]);
    box.top = std::max(side[1], side[3]);
    return box.right > box.left && box.top > box.bottom;
  }

  PageGeometry geometry() const {
    PageGeometry media{0, 0, 612, 792, 0, 1}, crop;
    readBox("MediaBox", media);
    if (readBox("CropBox", crop)) {
      // 14.11.2: what is seen is the crop box within the media box.
      const PageGeometry cut{std::max(media.left, crop.left),
                             std::max(media.bottom, crop.bottom),
                             std::min(media.right, crop.right),
                             std::min(media.top, crop.top),
                             0,
                             1};
      if (cut.right > cut.left && cut.top > cut.bottom) media = cut;
    }
    const PdfValue rotate = inherited("Rotate");
    media.rotation = static_cast<int>(((rotate.integer % 360) + 360) % 360 / 90 * 90);
    const double unit = file_.get(*chain_.back(), "UserUnit").number();
    if (unit > 0) media.userUnit = unit;
    return media;
  }

  const PdfRevisions& file_;
  std::vector<const PdfValue*> chain_;
  std::set<PdfRef> seen_;
};

}  // namespace

FirstPage readFirstPage(const PdfRevisions& file) { return FirstPageReader(file).read(); }

}  // namespace sohoa
