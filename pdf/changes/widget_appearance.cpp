#include "pdf/changes/widget_appearance.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "pdf/changes/object_roles.h"
#include "pdf/content/shown_text.h"

namespace sohoa {
namespace {

using Kind = PdfValue::Kind;

constexpr std::size_t kMaxNodes = 100'000, kMaxDrawn = 5000, kMaxWidgets = 100;

/// 12.5.3: neither shown nor printed.
bool isHidden(const PdfValue& flags) {
  constexpr std::int64_t kHidden = 2, kPrint = 4, kNoView = 32;
  if (!flags.is(Kind::integer)) return false;
  return (flags.integer & kHidden) != 0 ||
         ((flags.integer & kNoView) != 0 && (flags.integer & kPrint) == 0);
}

bool isEmptyBox(const PdfRevisions& file, std::size_t section, const PdfValue& rect) {
  if (rect.items.size() != 4) return rect.is(Kind::null);
  double c[4];
  for (std::size_t i = 0; i < 4; ++i) c[i] = file.resolve(rect.items[i], section).number();
  return std::abs((c[2] - c[0]) * (c[3] - c[1])) <= 0;
}

bool isLive(const PdfRevisions& file, std::uint32_t number, std::size_t section) {
  const auto entry = file.entry(number, section);
  return entry && entry->kind != XrefEntry::Kind::free;
}

}  // namespace

bool paintsSomething(const PdfRevisions& file, std::size_t section, const PdfValue& widget) try {
  if (isHidden(file.get(widget, "F", section)) ||
      isEmptyBox(file, section, file.get(widget, "Rect", section))) {
    return false;
  }
  const PdfValue appearance = file.get(widget, "AP", section);
  // A viewer may draw a border and a ground of its own.
  if (appearance.is(Kind::null)) return !file.get(widget, "MK", section).entries.empty();
  return std::any_of(appearance.entries.begin(), appearance.entries.end(), [&](const auto& state) {
    if (!state.second.is(Kind::reference)) return !state.second.is(Kind::null);
    const PdfObject form = file.object(state.second.reference, section);
    if (!form.hasStream) return !form.value.is(Kind::null);
    const std::string drawn = file.decoded(form, section);
    return !std::all_of(drawn.begin(), drawn.end(), isPdfSpace);
  });
} catch (const PdfSyntaxError&) {
  return true;
}

std::size_t AppearanceReader::pageOf(std::uint32_t widget) {
  if (!read_) {
    read_ = true;
    std::vector<PdfRef> open;
    const PdfValue catalog = file_.catalog();
    const PdfValue* root = catalog.find("Pages");
    if (root != nullptr && root->is(Kind::reference)) open.push_back(root->reference);
    std::set<PdfRef> seen;
    std::size_t count = 0;
    while (!open.empty() && seen.size() < kMaxNodes) {
      const PdfRef item = open.back();
      open.pop_back();
      if (!seen.insert(item).second) continue;
      const PdfValue node = file_.object(item).value;
      const PdfValue kids = file_.get(node, "Kids");
      if (kids.is(Kind::array)) {
        for (auto kid = kids.items.rbegin(); kid != kids.items.rend(); ++kid) {
          if (kid->is(Kind::reference)) open.push_back(kid->reference);
        }
        continue;
      }
      ++count;
      for (const PdfValue& each : file_.get(node, "Annots").items) {
        if (each.is(Kind::reference)) pages_.emplace(each.reference.number, count);
      }
    }
  }
  const auto found = pages_.find(widget);
  return found != pages_.end() ? found->second : 0;
}

/// The widget and all that its appearance is drawn from.
bool AppearanceReader::unchangedSince(std::uint32_t widget, std::size_t section) const {
  std::vector<std::uint32_t> open;
  std::set<std::uint32_t> seen{widget};
  const PdfValue now = objectAt(file_, widget, 0).value;
  const PdfValue then = objectAt(file_, widget, section).value;
  for (const char* key : {"AP", "Rect", "F", "MK"}) {
    const PdfValue *a = now.find(key), *b = then.find(key);
    if ((a == nullptr) != (b == nullptr) || (a != nullptr && serialise(*a) != serialise(*b))) {
      return false;
    }
    if (a != nullptr) collectReferences(*a, open);
  }
  while (!open.empty()) {
    const std::uint32_t number = open.back();
    open.pop_back();
    if (!seen.insert(number).second) continue;
    if (seen.size() > kMaxDrawn) throw PdfSyntaxError("appearance of too many objects", 0);
    const auto entry = file_.entry(number, 0);
    if (entry != file_.entry(number, section)) return false;
    if (entry && entry->kind == XrefEntry::Kind::compressed) {
      open.push_back(static_cast<std::uint32_t>(entry->place));
    }
    collectReferences(objectAt(file_, number, 0).value, open);
  }
  return true;
}

WidgetAppearance AppearanceReader::appearanceOf(const SignatureField& signature) {
  WidgetAppearance appearance;
  std::vector<PdfValue> widgets;
  if (signature.field.number != 0) widgets.push_back(PdfValue::ofReference(signature.field));
  for (const PdfValue& kid : file_.get(signature.fieldValue, "Kids").items) {
    if (widgets.size() < kMaxWidgets) widgets.push_back(kid);
  }
  bool first = true;
  for (const PdfValue& each : widgets) {
    if (!each.is(Kind::reference)) continue;
    const std::uint32_t number = each.reference.number;
    const PdfValue widget = file_.resolve(each);
    if (!file_.get(widget, "Subtype").isName("Widget") || !paintsSomething(file_, 0, widget)) {
      continue;
    }
    appearance.painted = true;
    const std::size_t page = pageOf(number);
    if (appearance.page == 0) appearance.page = page;
    const bool known = signature.coverage != ByteCoverage::anomalous;
    const bool there = known && isLive(file_, number, signature.section);
    const bool same = there && unchangedSince(number, signature.section);
    // Of several, the worst.
    appearance.wasSigned = there && (first || appearance.wasSigned);
    appearance.unchanged = same && (first || appearance.unchanged);
    first = false;
    const PdfValue appearances = file_.get(widget, "AP");
    const PdfValue* normal = appearances.find("N");
    if (appearance.text.empty() && normal != nullptr && normal->is(Kind::reference) &&
        !file_.isEncrypted()) {
      appearance.text = shownText(file_, file_.object(normal->reference));
    }
  }
  return appearance;
}

}  // namespace sohoa
