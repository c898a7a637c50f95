#include "pdf/revision_changes.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

namespace sohoa {
namespace {

using Kind = PdfValue::Kind;
using ChangeKind = RevisionChanges::Kind;

/// Objects looked at in all comparisons of one file; beyond it the answer is "unknown".
constexpr std::size_t kBudget = 1'000'000;
constexpr std::size_t kMaxNamed = 50;
constexpr int kMaxTreeDepth = 64;

bool same(const PdfValue& a, const PdfValue& b) { return serialise(a) == serialise(b); }

bool same(const PdfObject& a, const PdfObject& b) {
  return a.hasStream == b.hasStream && a.streamData == b.streamData && same(a.value, b.value);
}

bool isOneOf(std::string_view key, std::initializer_list<std::string_view> keys) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

/// Keys whose values differ between two dictionaries.
std::set<std::string> differingKeys(const PdfValue& before, const PdfValue& after) {
  std::set<std::string> keys;
  for (const auto* dictionary : {&before, &after}) {
    for (const auto& [key, value] : dictionary->entries) {
      const PdfValue* a = before.find(key);
      const PdfValue* b = after.find(key);
      if ((a == nullptr) != (b == nullptr) || (a != nullptr && !same(*a, *b))) keys.insert(key);
    }
  }
  return keys;
}

void collectReferences(const PdfValue& value, std::vector<std::uint32_t>& out) {
  if (value.is(Kind::reference)) out.push_back(value.reference.number);
  for (const PdfValue& item : value.items) collectReferences(item, out);
  for (const auto& [key, item] : value.entries) collectReferences(item, out);
}

/// One revision against the one before it.
class Step {
 public:
  Step(const PdfRevisions& file, std::size_t newer, std::size_t& budget)
      : file_(file), after_(newer), before_(newer + 1), budget_(budget) {}

  RevisionChanges compare() {
    if (file_.isEncrypted()) {
      note(ChangeKind::unknown, "encrypted");
      return changes_;
    }
    changes_.kind = ChangeKind::permitted;
    compareTrailers();
    readRoles();
    const XrefSection& section = file_.sections()[after_];
    for (const auto* runs : {&section.runs, &section.hybridRuns}) {
      for (const auto& run : *runs) {
        for (std::size_t i = 0; i < run.entries.size(); ++i) {
          const std::uint32_t number = run.first + static_cast<std::uint32_t>(i);
          if (number != 0 && references_.count(number) != 0) compareObject(number);
        }
      }
    }
    return changes_;
  }

 private:
  void note(ChangeKind kind, const std::string& what) {
    // What is surely harmful outweighs what is not known.
    if (changes_.kind != ChangeKind::forbidden) changes_.kind = kind;
    if (changes_.objects.size() < kMaxNamed) changes_.objects.push_back(what);
  }
  void note(ChangeKind kind, std::uint32_t number, const std::string& what) {
    note(kind, "object " + std::to_string(number) + ": " + what);
  }
  void spend() {
    if (budget_ == 0) throw PdfSyntaxError("too much to compare", 0);
    --budget_;
  }

  void compareTrailers() {
    const PdfValue& before = file_.trailer(before_);
    const PdfValue& after = file_.trailer(after_);
    for (const char* key : {"Root", "Info", "Encrypt"}) {
      const PdfValue* a = before.find(key);
      const PdfValue* b = after.find(key);
      const bool equal = a == nullptr ? b == nullptr : b != nullptr && same(*a, *b);
      if (equal) continue;
      // A first /Info adds a title to nothing that is shown; any other change is refused.
      note(std::string_view(key) == "Root" ? ChangeKind::forbidden : ChangeKind::unknown,
           std::string("trailer: /") + key);
    }
    const PdfValue idBefore = file_.get(before, "ID", before_);
    const PdfValue idAfter = file_.get(after, "ID", after_);
    if (!idBefore.items.empty() &&
        (idAfter.items.empty() || !same(idBefore.items[0], idAfter.items[0]))) {
      note(ChangeKind::unknown, "trailer: /ID");
    }
  }

  /// Counts how often each object is referred to, from the trailer on; `skipStore` leaves the
  /// document security store out.
  std::map<std::uint32_t, int> walk(bool skipStore) {
    std::map<std::uint32_t, int> seen;
    std::vector<std::uint32_t> open;
    const PdfValue& trailer = file_.trailer(before_);
    for (const char* key : {"Root", "Info"}) {
      if (const PdfValue* value = trailer.find(key)) collectReferences(*value, open);
    }
    while (!open.empty()) {
      const std::uint32_t number = open.back();
      open.pop_back();
      if (seen[number]++ > 0) continue;
      spend();
      const auto entry = file_.entry(number, before_);
      if (!entry || entry->kind == XrefEntry::Kind::free) continue;
      const std::uint32_t generation =
          entry->kind == XrefEntry::Kind::plain ? entry->generation : 0;
      PdfValue value = file_.object({number, generation}, before_).value;
      if (skipStore && number == root_) value.erase("DSS");
      collectReferences(value, open);
    }
    return seen;
  }

  void readRoles() {
    const PdfValue* root = file_.trailer(before_).find("Root");
    root_ = root != nullptr ? root->reference.number : 0;
    references_ = walk(false);
    withoutStore_ = walk(true);
    const PdfValue catalog = file_.catalog(before_);
    const PdfValue* form = catalog.find("AcroForm");
    if (form != nullptr && form->is(Kind::reference)) form_ = form->reference.number;
    const PdfValue formValue = file_.get(catalog, "AcroForm", before_);
    const PdfValue* fields = formValue.find("Fields");
    if (fields != nullptr && fields->is(Kind::reference)) fields_ = fields->reference.number;
    if (const PdfValue* pages = catalog.find("Pages")) readPages(*pages, 0);
    const PdfValue formAfter = file_.get(file_.catalog(after_), "AcroForm", after_);
    for (const PdfValue& field : file_.get(formAfter, "Fields", after_).items) {
      if (field.is(Kind::reference)) formFields_.insert(field.reference.number);
    }
  }

  void readPages(const PdfValue& item, int depth) {
    if (!item.is(Kind::reference) || depth > kMaxTreeDepth) return;
    if (!tree_.insert(item.reference.number).second) return;
    spend();
    const PdfValue node = file_.resolve(item, before_);
    const PdfValue kids = file_.get(node, "Kids", before_);
    if (kids.is(Kind::array)) {
      for (const PdfValue& kid : kids.items) readPages(kid, depth + 1);
      return;
    }
    pages_.insert(item.reference.number);
    const PdfValue* annotations = node.find("Annots");
    if (annotations != nullptr && annotations->is(Kind::reference)) {
      annotationLists_.insert(annotations->reference.number);
    }
    std::vector<std::uint32_t> shown;
    for (const char* key : {"Contents", "Resources"}) {
      if (const PdfValue* value = node.find(key)) collectReferences(*value, shown);
    }
    shown_.insert(shown.begin(), shown.end());
  }

  PdfObject objectAt(std::uint32_t number, std::size_t section) const {
    const auto entry = file_.entry(number, section);
    if (!entry || entry->kind == XrefEntry::Kind::free) return {};
    return file_.object({number, entry->kind == XrefEntry::Kind::plain ? entry->generation : 0},
                        section);
  }

  bool isLive(std::uint32_t number, std::size_t section) const {
    const auto entry = file_.entry(number, section);
    return entry && entry->kind != XrefEntry::Kind::free;
  }

  void compareObject(std::uint32_t number) {
    if (file_.entry(number, before_) == file_.entry(number, after_)) return;
    spend();
    const bool lived = isLive(number, before_), lives = isLive(number, after_);
    if (!lived && !lives) return;
    if (!lives) return note(ChangeKind::forbidden, number, "taken away");
    if (!lived) return note(ChangeKind::unknown, number, "fills a reference that led nowhere");
    const PdfObject before = objectAt(number, before_), after = objectAt(number, after_);
    if (same(before, after) && before.value.reference == after.value.reference) return;
    const PdfValue &a = before.value, &b = after.value;
    const bool plain = !before.hasStream && !after.hasStream && !b.duplicate && a.kind == b.kind &&
                       a.reference == b.reference;
    if (number == root_) {
      return plain && catalogMay(a, b) ? void() : note(ChangeKind::unknown, number, "catalog");
    }
    if (pages_.count(number) != 0) {
      return plain && pageMay(a, b) ? void() : note(ChangeKind::forbidden, number, "page");
    }
    if (tree_.count(number) != 0) return note(ChangeKind::forbidden, number, "page tree");
    if (shown_.count(number) != 0) return note(ChangeKind::forbidden, number, "page content");
    const bool single = references_[number] == 1;
    if (number == form_) {
      return plain && single && formMay(a, b) ? void() : note(ChangeKind::unknown, number, "form");
    }
    if (number == fields_ || annotationLists_.count(number) != 0) {
      return plain && single && listMay(a, b) ? void()
                                              : note(ChangeKind::unknown, number, "list of fields");
    }
    if (withoutStore_.count(number) == 0) {
      return plain && storeMay(a, b) ? void() : note(ChangeKind::unknown, number, "security store");
    }
    note(ChangeKind::unknown, number, "changed");
  }

  bool catalogMay(const PdfValue& a, const PdfValue& b) const {
    for (const std::string& key : differingKeys(a, b)) {
      if (!isOneOf(key, {"AcroForm", "DSS", "Extensions"})) return false;
      const PdfValue *before = a.find(key), *after = b.find(key);
      if (after == nullptr) return false;
      // A reference may come new or stay; led elsewhere it could lead to a prepared object.
      if (after->is(Kind::reference) && isKnown(after->reference.number)) return false;
      const PdfValue was = before != nullptr ? file_.resolve(*before, before_) : PdfValue{};
      const PdfValue is = file_.resolve(*after, after_);
      if (key == "AcroForm" && !formMay(was, is)) return false;
      if (key == "DSS" && !was.is(Kind::null) && !storeMay(was, is)) return false;
      if (key == "Extensions" && after->is(Kind::reference)) return false;
    }
    return true;
  }

  /// Whether the older revision has, or refers to, an object of this number.
  bool isKnown(std::uint32_t number) const {
    return isLive(number, before_) || references_.count(number) != 0;
  }

  bool formMay(const PdfValue& a, const PdfValue& b) const {
    if (!b.is(Kind::dictionary)) return false;
    for (const std::string& key : differingKeys(a, b)) {
      if (key == "SigFlags") continue;
      if (key != "Fields") return false;
      const PdfValue *before = a.find(key), *after = b.find(key);
      if (after == nullptr || after->is(Kind::reference)) return false;
      const PdfValue was = before != nullptr ? file_.resolve(*before, before_) : PdfValue{};
      if (!listMay(was, *after)) return false;
    }
    return true;
  }

  bool pageMay(const PdfValue& a, const PdfValue& b) const {
    for (const std::string& key : differingKeys(a, b)) {
      if (key != "Annots") return false;
      const PdfValue *before = a.find(key), *after = b.find(key);
      if (after == nullptr || (before != nullptr && before->is(Kind::reference))) return false;
      if (after->is(Kind::reference) && isKnown(after->reference.number)) return false;
      if (!listMay(before != nullptr ? *before : PdfValue{}, file_.resolve(*after, after_))) {
        return false;
      }
    }
    return true;
  }

  /// The old items in their order, then new signature fields only.
  bool listMay(const PdfValue& a, const PdfValue& b) const {
    if (!b.is(Kind::array) || b.items.size() < a.items.size()) return false;
    for (std::size_t i = 0; i < a.items.size(); ++i) {
      if (!same(a.items[i], b.items[i])) return false;
    }
    return std::all_of(b.items.begin() + static_cast<std::ptrdiff_t>(a.items.size()), b.items.end(),
                       [&](const PdfValue& item) { return isNewSignatureField(item); });
  }

  bool isNewSignatureField(const PdfValue& item) const {
    if (!item.is(Kind::reference) || isKnown(item.reference.number)) return false;
    // Only what the form shows is verified as a signature; anything else could cover the page.
    if (formFields_.count(item.reference.number) == 0) return false;
    const PdfValue field = file_.resolve(item, after_);
    for (const auto& [key, value] : field.entries) {
      if (!isOneOf(key, {"Type", "Subtype", "FT", "T", "TU", "V", "F", "Ff", "P", "Rect", "AP", "M",
                         "NM", "Lock"})) {
        return false;
      }
    }
    const PdfValue* subtype = field.find("Subtype");
    const PdfValue* type = field.find("FT");
    const PdfValue* value = field.find("V");
    if (field.duplicate || subtype == nullptr || !subtype->isName("Widget") || type == nullptr ||
        !type->isName("Sig") || value == nullptr || !value->is(Kind::reference) ||
        isKnown(value->reference.number)) {
      return false;
    }
    const PdfValue signature = file_.resolve(*value, after_);
    return signature.find("ByteRange") != nullptr && signature.find("Contents") != nullptr;
  }

  /// Archive material only grows.
  bool storeMay(const PdfValue& a, const PdfValue& b) const {
    if (a.is(Kind::dictionary)) {
      return b.is(Kind::dictionary) &&
             std::all_of(a.entries.begin(), a.entries.end(), [&](const auto& entry) {
               const PdfValue* kept = b.find(entry.first);
               return kept != nullptr &&
                      (same(entry.second, *kept) || storeMay(entry.second, *kept));
             });
    }
    return a.is(Kind::array) && b.is(Kind::array) &&
           std::all_of(a.items.begin(), a.items.end(), [&](const PdfValue& item) {
             return std::any_of(b.items.begin(), b.items.end(),
                                [&](const PdfValue& other) { return same(item, other); });
           });
  }

  const PdfRevisions& file_;
  std::size_t after_, before_;  ///< sections
  std::size_t& budget_;
  RevisionChanges changes_;
  std::uint32_t root_ = 0, form_ = 0, fields_ = 0;  ///< object numbers; 0: not an object
  std::map<std::uint32_t, int> references_, withoutStore_;
  std::set<std::uint32_t> formFields_;  ///< of the newer revision
  std::set<std::uint32_t> tree_, pages_, annotationLists_, shown_;
};

}  // namespace

RevisionDiff::RevisionDiff(const PdfRevisions& file)
    : file_(file), steps_(file.sections().size()), budget_(kBudget) {}

RevisionChanges RevisionDiff::after(std::size_t section) {
  RevisionChanges all;
  for (std::size_t i = section; i-- > 0;) {
    if (!steps_[i]) steps_[i] = Step(file_, i, budget_).compare();
    const RevisionChanges& step = *steps_[i];
    all.objects.insert(all.objects.end(), step.objects.begin(), step.objects.end());
    all.kind = std::max(all.kind, step.kind);
  }
  return all;
}

}  // namespace sohoa
