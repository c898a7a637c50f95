#include "pdf/changes/object_roles.h"

#include <algorithm>

#include "pdf/util/text_string.h"

namespace sohoa {
namespace {

using Kind = PdfValue::Kind;

constexpr int kMaxTreeDepth = 64;

class RoleReader {
 public:
  RoleReader(const PdfRevisions& file, std::size_t section, std::size_t& budget)
      : file_(file), section_(section), budget_(budget) {}

  ObjectRoles read() {
    const PdfValue& trailer = file_.trailer(section_);
    roles_.root = numberOf(trailer.find("Root"));
    roles_.info = numberOf(trailer.find("Info"));
    const PdfValue catalog = file_.catalog(section_);
    roles_.extensions = numberOf(catalog.find("Extensions"));
    roles_.metadata = numberOf(catalog.find("Metadata"));
    roles_.form = numberOf(catalog.find("AcroForm"));
    const PdfValue form = file_.get(catalog, "AcroForm", section_);
    roles_.fields = numberOf(form.find("Fields"));
    roles_.formResources = numberOf(form.find("DR"));
    if (const PdfValue* pages = catalog.find("Pages")) readPages(*pages, PdfValue{}, 0);
    for (const PdfValue& field : file_.get(form, "Fields", section_).items) {
      readField(field, FormField{}, 0);
    }
    walk();  // the longest last: much is refused before
    return std::move(roles_);
  }

 private:
  static std::uint32_t numberOf(const PdfValue* value) {
    return value != nullptr && value->is(Kind::reference) ? value->reference.number : 0;
  }
  void spend() {
    if (budget_ == 0) throw PdfSyntaxError("too much to compare", 0);
    --budget_;
  }

  /// Counts every reference reachable from the trailer; first without the security store.
  void walk() {
    std::vector<std::uint32_t> open;
    // Keys that nobody should read count as well: somebody may.
    collectReferences(file_.trailer(section_), open);
    follow(open);
    roles_.outsideStore.assign(file_.nextNumber() + 1u, false);
    for (const auto& [number, count] : roles_.references) {
      if (number < roles_.outsideStore.size()) roles_.outsideStore[number] = true;
    }
    const PdfValue catalog = file_.catalog(section_);
    if (const PdfValue* store = catalog.find("DSS")) collectReferences(*store, open);
    follow(open);
  }

  void follow(std::vector<std::uint32_t>& open) {
    while (!open.empty()) {
      const std::uint32_t number = open.back();
      open.pop_back();
      if (roles_.references[number]++ != 0) continue;
      spend();
      // Whoever replaces an object stream replaces what is in it.
      const auto entry = file_.entry(number, section_);
      if (entry && entry->kind == XrefEntry::Kind::compressed) {
        open.push_back(static_cast<std::uint32_t>(entry->place));
      }
      PdfValue value = objectAt(file_, number, section_).value;
      if (number == roles_.root) value.erase("DSS");
      collectReferences(value, open);
    }
  }

  double areaOf(const PdfValue& box) const {
    if (box.items.size() != 4) return 0;
    double c[4];
    for (std::size_t i = 0; i < 4; ++i) c[i] = file_.resolve(box.items[i], section_).number();
    return std::abs((c[2] - c[0]) * (c[3] - c[1]));
  }

  void readPages(const PdfValue& item, PdfValue inheritedBox, int depth) {
    // A page that is not seen here is one whose widgets would seem to show nothing.
    if (!item.is(Kind::reference)) throw PdfSyntaxError("a page that is no object of its own", 0);
    if (depth > kMaxTreeDepth) throw PdfSyntaxError("page tree nested too deeply", 0);
    if (!roles_.tree.insert(item.reference.number).second) return;
    spend();
    const PdfValue node = file_.resolve(item, section_);
    for (const char* key : {"MediaBox", "CropBox"}) {
      PdfValue own = file_.get(node, key, section_);
      if (own.is(Kind::array)) inheritedBox = std::move(own);
    }
    const PdfValue kids = file_.get(node, "Kids", section_);
    if (kids.is(Kind::array)) {
      const PdfValue type = file_.get(node, "Type", section_);
      if (type.isName("Page") || node.find("Annots") || node.find("Contents")) {
        throw PdfSyntaxError("a node of the page tree that is a page too", 0);
      }
      // What pages inherit is shown too.
      if (const PdfValue* value = node.find("Resources")) showAll(*value);
      for (const PdfValue& kid : kids.items) readPages(kid, inheritedBox, depth + 1);
      return;
    }
    const double area = areaOf(inheritedBox);
    const std::uint32_t page = item.reference.number;
    roles_.pages[page] = area;
    if (const PdfValue* annotations = node.find("Annots")) {
      if (annotations->is(Kind::reference)) {
        roles_.annotationLists[annotations->reference.number] = page;
      }
      for (const PdfValue& each : file_.resolve(*annotations, section_).items) {
        if (!each.is(Kind::reference)) continue;
        const auto [known, added] = roles_.widgetPages.emplace(each.reference.number, page);
        if (!added && known->second != page) roles_.onSeveralPages.insert(each.reference.number);
      }
    }
    for (const char* key : {"Contents", "Resources"}) {
      if (const PdfValue* value = node.find(key)) showAll(*value);
    }
  }

  void showAll(const PdfValue& value) {
    std::vector<std::uint32_t> shown;
    collectReferences(value, shown);
    roles_.shown.insert(shown.begin(), shown.end());
  }

  void readField(const PdfValue& item, FormField inherited, int depth) {
    if (!item.is(Kind::reference) || depth > kMaxTreeDepth) return;
    const std::uint32_t number = item.reference.number;
    if (roles_.formNodes.count(number) != 0) return;
    spend();
    const PdfValue node = file_.resolve(item, section_);
    if (!node.is(Kind::dictionary)) return;
    const PdfValue title = file_.get(node, "T", section_);
    if (title.is(Kind::string) || inherited.top == 0) {
      inherited.top = number;
      inherited.name += (inherited.name.empty() ? "" : ".") + textOfPdfString(title.text);
    }
    const PdfValue type = file_.get(node, "FT", section_);
    if (type.is(Kind::name)) inherited.type = type.text;
    if (const PdfValue* value = node.find("V")) {
      inherited.value = file_.resolve(*value, section_);
      inherited.top = number;
    }
    constexpr std::int64_t kPushButton = 1 << 16;  // 12.7.4.2.1
    const PdfValue flags = file_.get(node, "Ff", section_);
    if (flags.is(Kind::integer)) inherited.pushButton = (flags.integer & kPushButton) != 0;
    readAppearances(file_.get(node, "AP", section_), number);
    roles_.formNodes.emplace(number, inherited);
    for (const PdfValue& kid : file_.get(node, "Kids", section_).items) {
      readField(kid, inherited, depth + 1);
    }
  }

  void readAppearances(const PdfValue& appearance, std::uint32_t widget) {
    for (const auto& [state, value] : appearance.entries) {
      if (value.is(Kind::reference)) roles_.appearances[value.reference.number] = widget;
      for (const auto& [name, inner] : value.entries) {
        if (inner.is(Kind::reference)) roles_.appearances[inner.reference.number] = widget;
      }
    }
  }

  const PdfRevisions& file_;
  std::size_t section_;
  std::size_t& budget_;
  ObjectRoles roles_;
};

}  // namespace

ObjectRoles ObjectRoles::read(const PdfRevisions& file, std::size_t section, std::size_t& budget) {
  return RoleReader(file, section, budget).read();
}

bool ObjectRoles::single(std::uint32_t number) const {
  const auto found = references.find(number);
  return found == references.end() || found->second == 1;
}

bool givesKeyTwice(const PdfValue& value) {
  return value.duplicate || std::any_of(value.items.begin(), value.items.end(), givesKeyTwice) ||
         std::any_of(value.entries.begin(), value.entries.end(),
                     [](const auto& entry) { return givesKeyTwice(entry.second); });
}

void collectReferences(const PdfValue& value, std::vector<std::uint32_t>& out) {
  if (value.is(Kind::reference)) out.push_back(value.reference.number);
  for (const PdfValue& item : value.items) collectReferences(item, out);
  for (const auto& [key, item] : value.entries) collectReferences(item, out);
}

PdfObject objectAt(const PdfRevisions& file, std::uint32_t number, std::size_t section) {
  const auto entry = file.entry(number, section);
  if (!entry || entry->kind == XrefEntry::Kind::free) return {};
  const bool plain = entry->kind == XrefEntry::Kind::plain;
  return file.object({number, plain ? entry->generation : 0}, section);
}

}  // namespace sohoa
