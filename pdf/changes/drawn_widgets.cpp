#include "pdf/changes/drawn_widgets.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "core/texts/text.h"
#include "pdf/changes/cover_judgement.h"
#include "pdf/structure/incremental.h"
#include "pdf/util/text_string.h"

namespace sohoa {
namespace {

using Kind = PdfValue::Kind;

constexpr const char* kOver = textId(
    "a new signature lies over words that can still be read; the version before it shows "
    "them");
constexpr const char* kHides = textId(
    "a new signature hides words that can no longer be read; the version before it shows "
    "them");

constexpr const char* kNotDrawn = textId("something may be hidden on a page that cannot be drawn");

constexpr std::size_t kMaxNodes = 100'000;

/// Of all pages, in order, as a revision has them.
std::vector<std::uint32_t> pagesOf(const PdfRevisions& file, std::size_t section) {
  std::vector<std::uint32_t> pages, open;
  const PdfValue catalog = file.catalog(section);
  if (const PdfValue* root = catalog.find("Pages"); root != nullptr && root->is(Kind::reference)) {
    open.push_back(root->reference.number);
  }
  std::set<std::uint32_t> seen;
  while (!open.empty() && seen.size() < kMaxNodes) {
    const std::uint32_t number = open.back();
    open.pop_back();
    if (!seen.insert(number).second) continue;
    const PdfValue kids = file.get(objectAt(file, number, section).value, "Kids", section);
    if (!kids.is(Kind::array)) {
      pages.push_back(number);
      continue;
    }
    for (auto kid = kids.items.rbegin(); kid != kids.items.rend(); ++kid) {
      if (kid->is(Kind::reference)) open.push_back(kid->reference.number);
    }
  }
  return pages;
}

/// "page 2: GIÁM ĐỐC, Nguyễn", shortened; a scan without text gives the page alone.
std::string placeOf(std::size_t page, const std::vector<std::string>& words) {
  std::string where = "page " + std::to_string(page);
  for (std::size_t i = 0; i < words.size(); ++i) where += (i == 0 ? ": " : " ") + words[i];
  return shortened(std::move(where));
}

bool hasKey(const PdfValue& value, std::string_view key) {
  return std::any_of(value.items.begin(), value.items.end(),
                     [&](const PdfValue& item) { return hasKey(item, key); }) ||
         std::any_of(value.entries.begin(), value.entries.end(), [&](const auto& entry) {
           return entry.first == key || hasKey(entry.second, key);
         });
}

/// A dash array of an odd length (8.4.3.6): poppler draws such lines otherwise than others do.
bool dashesOddly(std::string_view content) {
  for (std::size_t open = content.find('['); open != std::string_view::npos;
       open = content.find('[', open + 1)) {
    const std::size_t close = content.find(']', open);
    if (close == std::string_view::npos) return false;
    std::size_t at = close + 1;
    while (at < content.size() &&
           (isPdfSpace(content[at]) || content[at] == '.' || content[at] == '-' ||
            (content[at] >= '0' && content[at] <= '9'))) {
      ++at;
    }
    if (at >= content.size() || content[at] != 'd') continue;
    std::size_t numbers = 0;
    bool inside = false;
    for (const char c : content.substr(open + 1, close - open - 1)) {
      if (!isPdfSpace(c) && !inside) ++numbers;
      inside = !isPdfSpace(c);
    }
    if (numbers % 2 != 0) return true;
  }
  return false;
}

/// The same in a graphics state: /D [[2] 0].
bool hasOddDashes(const PdfValue& value) {
  const PdfValue* dashes = value.find("D");
  if (dashes != nullptr && dashes->is(Kind::array) && !dashes->items.empty() &&
      dashes->items.front().items.size() % 2 != 0) {
    return true;
  }
  return std::any_of(value.entries.begin(), value.entries.end(),
                     [](const auto& entry) { return hasOddDashes(entry.second); });
}

}  // namespace

bool isCover(const char* words) {
  return std::string_view(words) == kOver || std::string_view(words) == kHides;
}

std::size_t endOfRevision(const PdfRevisions& file, std::size_t section) {
  const std::string_view bytes = file.bytes();
  if (section == 0) return bytes.size();
  std::size_t begin = 0;
  for (std::size_t i = section; i < file.sections().size(); ++i) {
    begin = std::max({begin, file.sections()[i].offset, file.sections()[i].hybridOffset});
  }
  constexpr std::string_view kMark = "%%EOF";
  std::size_t end = bytes.find(kMark, begin);
  if (end == std::string_view::npos) return 0;
  end += kMark.size();
  if (end < bytes.size() && bytes[end] == '\r') ++end;
  if (end < bytes.size() && bytes[end] == '\n') ++end;
  return end;
}

bool looksDiffer(const PdfRevisions& file, std::size_t section, const PdfValue& widget) {
  constexpr std::int64_t kNoView = 32, kNoZoom = 8, kNoRotate = 16;  // 12.5.3
  const PdfValue flags = file.get(widget, "F", section);
  const std::int64_t set = flags.is(Kind::integer) ? flags.integer : 0;
  if ((set & (kNoView | kNoZoom | kNoRotate)) != 0) return true;
  const PdfValue looks = file.get(widget, "AP", section);
  const PdfValue* normal = looks.find("N");
  if (normal == nullptr || !normal->is(Kind::reference)) return true;
  if (!objectAt(file, normal->reference.number, section).hasStream) return true;
  std::vector<std::uint32_t> open{normal->reference.number};
  std::set<std::uint32_t> seen;
  constexpr std::size_t kMost = 500;
  while (!open.empty()) {
    const std::uint32_t number = open.back();
    open.pop_back();
    if (!seen.insert(number).second) continue;
    const PdfObject object = objectAt(file, number, section);
    const PdfValue& value = object.value;
    const bool draws = value.find("BBox") != nullptr || value.find("PatternType") != nullptr;
    if (object.hasStream && draws && dashesOddly(file.decoded(object, section))) return true;
    if (seen.size() > kMost || hasKey(value, "OC") || hasKey(value, "Alternates") ||
        hasKey(value, "Properties") || hasKey(value, "OPI") || hasOddDashes(value)) {
      return true;
    }
    collectReferences(value, open);
  }
  return false;
}

void DrawnWidgets::add(std::uint32_t widget, std::uint32_t page, bool known, bool signature) {
  std::vector<Drawn>& drawn = pages_[page];
  const auto same = std::find_if(drawn.begin(), drawn.end(),
                                 [&](const Drawn& each) { return each.widget == widget; });
  if (same == drawn.end()) drawn.push_back({widget, known, signature});
}

RevisionChanges DrawnWidgets::judge(PageRenderer& renderer) const {
  RevisionChanges result;
  for (const auto& [page, drawn] : pages_) {
    if (!judgePage(page, drawn, renderer, result.changes)) {
      result.kind = RevisionChanges::Kind::notExamined;
    }
  }
  for (const DocumentChange& change : result.changes) {
    if (!change.permitted && std::string_view(change.words) != kNotDrawn) {
      result.kind = RevisionChanges::Kind::forbidden;
    }
  }
  return result;
}

/// The older revision, its widgets that are drawn anew not shown: a label gives way to a signature,
/// a value to another, and both are told.
std::string DrawnWidgets::withoutOldLooks(const std::vector<Drawn>& drawn) const {
  std::string bytes(file_.bytes().substr(0, endOfRevision(file_, before_)));
  if (std::none_of(drawn.begin(), drawn.end(), [](const Drawn& each) { return each.known; })) {
    return bytes;
  }
  const PdfRevisions older(bytes);
  IncrementalUpdate update(older);
  for (const Drawn& each : drawn) {
    if (!each.known) continue;
    PdfValue widget = objectAt(file_, each.widget, before_).value;
    const PdfRef reference = widget.reference;
    widget.erase("AP");
    widget.erase("MK");
    constexpr std::int64_t kHidden = 2;
    widget.set("F", PdfValue::ofInteger(kHidden));
    update.put(reference, widget);
  }
  return bytes + update.render(std::string(16, '0')).bytes;
}

/// What an old look hid already, as the white ground of a field does, is not hidden anew.
void DrawnWidgets::forgiveOldLooks(std::size_t page, const PagePicture& after,
                                   const std::vector<PixelArea>& places, PageRenderer& renderer,
                                   CoverJudgement& cover) const {
  const auto shown = renderer.draw(file_.bytes().substr(0, endOfRevision(file_, before_)), page);
  if (!shown) return;
  const CoverJudgement then = judgeCover(*shown, after, places);
  const auto visible = [&](const std::vector<PixelArea>& now) {
    return std::any_of(now.begin(), now.end(), [&](const PixelArea& a) {
      const auto meets = [&](const PixelArea& b) {
        return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
      };
      return std::any_of(then.erasedAreas.begin(), then.erasedAreas.end(), meets) ||
             std::any_of(then.lostAreas.begin(), then.lostAreas.end(), meets);
    });
  };
  if (!visible(cover.erasedAreas)) cover.erased = cover.replaced = false;
  if (!visible(cover.lostAreas)) cover.lost = false;
}

/// False when the page cannot be drawn: thin and transparent parts may then hide anything.
bool DrawnWidgets::judgePage(std::uint32_t page, const std::vector<Drawn>& drawn,
                             PageRenderer& renderer, std::vector<DocumentChange>& changes) const {
  const auto all = pagesOf(file_, before_);
  const auto index =
      static_cast<std::size_t>(std::find(all.begin(), all.end(), page) - all.begin());
  std::optional<PagePicture> before, after;
  const std::size_t end = endOfRevision(file_, after_);
  if (endOfRevision(file_, before_) != 0 && end != 0 && index < all.size()) {
    before = renderer.draw(withoutOldLooks(drawn), index);
    if (before) after = renderer.draw(file_.bytes().substr(0, end), index);
  }
  if (!before || !after) {
    changes.push_back({false, kNotDrawn, placeOf(index + 1, {})});
    return false;
  }
  std::vector<PixelArea> places;
  bool signature = true;
  for (const Drawn& each : drawn) {
    signature = signature && each.signature;
    const PdfValue rect = file_.get(objectAt(file_, each.widget, after_).value, "Rect", after_);
    if (rect.items.size() != 4) continue;
    double c[4];
    for (std::size_t i = 0; i < 4; ++i) c[i] = file_.resolve(rect.items[i], after_).number();
    places.push_back(before->areaOf(c[0], c[1], c[2], c[3]));
  }
  CoverJudgement cover = judgeCover(*before, *after, places);
  const bool hidden = cover.erased || cover.replaced || cover.lost;
  if (hidden && std::any_of(drawn.begin(), drawn.end(), [](const Drawn& d) { return d.known; })) {
    forgiveOldLooks(index, *after, places, renderer, cover);
  }
  const auto forbid = [&](const char* words, const std::vector<std::string>& which) {
    changes.push_back({false, words, placeOf(index + 1, which)});
  };
  if (cover.drawnElsewhere) {
    forbid(textId("something is drawn outside the place of a new signature or value"), {});
  }
  if (cover.erased) forbid(textId("words were painted over"), cover.erasedWords);
  if (cover.replaced) {
    forbid(textId("words were hidden and something else is shown in their place"),
           cover.erasedWords);
  }
  if (cover.lost && !signature) forbid(textId("words were hidden"), cover.lostWords);
  if (!signature) return true;
  if (cover.lost) changes.push_back({true, kHides, placeOf(index + 1, cover.lostWords)});
  if (cover.touched) changes.push_back({true, kOver, placeOf(index + 1, cover.touchedWords)});
  return true;
}

}  // namespace sohoa
