#include "pdf/changes/form_field_rules.h"

#include <algorithm>
#include <map>

#include "core/texts/text.h"
#include "pdf/changes/occlusion.h"
#include "pdf/changes/widget_appearance.h"
#include "pdf/util/text_string.h"

namespace sohoa {
namespace {

using Kind = PdfValue::Kind;

/// Of the page: what a widget may cover. One that was there was seen by who signed.
constexpr double kShareOfNew = 1.0 / 3, kShareOfKnown = 1.0 / 2;
/// … and up to which an awaited signature may be drawn over letters: a stamp over its label.
constexpr double kShareOfSmall = 1.0 / 10;

bool isOneOf(std::string_view key, std::initializer_list<std::string_view> keys) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

bool isEmpty(const PdfValue& value) {
  return value.is(Kind::null) || (value.is(Kind::string) && value.text.empty()) ||
         (value.is(Kind::array) && value.items.empty()) || value.isName("Off") ||
         (value.is(Kind::name) && value.text.empty());
}

std::string textOf(const PdfValue& value) {
  if (value.is(Kind::string)) return shortened(textOfPdfString(value.text));
  return value.is(Kind::null) ? "" : shortened(serialise(value));
}

/// 12.5.3: neither shown nor printed.
bool isHidden(const PdfValue& flags) {
  constexpr std::int64_t kHidden = 2;
  return flags.is(Kind::integer) && (flags.integer & kHidden) != 0;
}

/// 12.5.3: not shown on the screen, whatever is printed.
bool isUnseen(const PdfValue& flags) {
  constexpr std::int64_t kNoView = 32;
  return isHidden(flags) || (flags.is(Kind::integer) && (flags.integer & kNoView) != 0);
}

PdfValue valueOr(const PdfValue* value) { return value != nullptr ? *value : PdfValue{}; }

/// Of arrays: boxes and matrices are written with or without a point.
bool sameItem(const PdfValue& a, const PdfValue& b) {
  return sameValue(a, b) || (a.isNumber() && b.isNumber() && a.number() == b.number());
}

/// The order of the keys means nothing; a key given twice could mean anything.
bool sameEntries(const PdfValue& a, const PdfValue& b) {
  if (a.duplicate || b.duplicate) return serialise(a) == serialise(b);
  const auto sorted = [](const PdfValue& of) {
    std::vector<const std::pair<std::string, PdfValue>*> all;
    for (const auto& entry : of.entries) {
      if (!entry.second.is(Kind::null)) all.push_back(&entry);
    }
    std::sort(all.begin(), all.end(),
              [](const auto* x, const auto* y) { return x->first < y->first; });
    return all;
  };
  const auto left = sorted(a), right = sorted(b);
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](const auto* x, const auto* y) {
                      return x->first == y->first && sameValue(x->second, y->second);
                    });
}

}  // namespace

bool sameValue(const PdfValue& a, const PdfValue& b) {
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case Kind::null:
      return true;
    case Kind::boolean:
      return a.boolean == b.boolean;
    case Kind::integer:
      return a.integer == b.integer;
    case Kind::real:  // honest writers add and drop zeros behind the point
      return a.text == b.text || a.number() == b.number();
    case Kind::string:
    case Kind::name:
      return a.text == b.text;
    case Kind::reference:
      return a.reference == b.reference;
    case Kind::array:
      return a.items.size() == b.items.size() &&
             std::equal(a.items.begin(), a.items.end(), b.items.begin(), sameItem);
    case Kind::dictionary:
      break;
  }
  return sameEntries(a, b);
}

std::set<std::string> differingKeys(const PdfValue& before, const PdfValue& after) {
  // As find() has it: the first of its name counts, and null is nothing.
  using Keys = std::map<std::string_view, const PdfValue*>;
  const auto keysOf = [](const PdfValue& dictionary) {
    Keys all;
    for (const auto& [key, value] : dictionary.entries) {
      all.emplace(key, value.is(Kind::null) ? nullptr : &value);
    }
    return all;
  };
  const Keys old = keysOf(before), now = keysOf(after);
  const auto in = [](const Keys& keys, std::string_view key) {
    const auto found = keys.find(key);
    return found != keys.end() ? found->second : nullptr;
  };
  std::set<std::string> keys;
  for (const Keys* each : {&old, &now}) {
    for (const auto& [key, value] : *each) {
      const PdfValue *a = in(old, key), *b = in(now, key);
      if ((a == nullptr) != (b == nullptr) || (a != nullptr && !sameValue(*a, *b))) {
        keys.emplace(key);
      }
    }
  }
  return keys;
}

FieldRules::FieldRules(const PdfRevisions& file, std::size_t newer,
                       const SigningPermissions& permissions, bool replacing,
                       const ObjectRoles& old, bool pictures)
    : file_(file),
      after_(newer),
      before_(newer + 1),
      permissions_(permissions),
      replacing_(replacing),
      old_(old),
      pictures_(pictures),
      drawn_(file, newer, old) {
  const PdfValue form = file_.get(file_.catalog(after_), "AcroForm", after_);
  for (const PdfValue& field : file_.get(form, "Fields", after_).items) addField(field);
  // poppler shows a signature on its page and may forget it in the form.
  for (const auto& [page, area] : old_.pages) {
    const PdfValue now = objectAt(file_, page, after_).value;
    for (const PdfValue& each : file_.get(now, "Annots", after_).items) {
      if (!each.is(Kind::reference) || isKnown(each.reference.number)) continue;
      if (file_.get(file_.resolve(each, after_), "FT", after_).isName("Sig")) addField(each);
    }
  }
}

void FieldRules::addField(const PdfValue& field) {
  if (!field.is(Kind::reference)) return;
  const std::uint32_t number = field.reference.number;
  formFields_.insert(number);
  const PdfValue node = file_.resolve(field, after_);
  const PdfValue value = file_.get(node, "V", after_);
  const PdfValue* own = node.find("V");
  if (value.find("ByteRange") == nullptr || !own->is(Kind::reference)) return;
  if (!isKnown(own->reference.number)) signsSomething_ = true;
  for (const PdfValue& kid : file_.get(node, "Kids", after_).items) {
    if (kid.is(Kind::reference)) fieldsOfWidgets_.emplace(kid.reference.number, number);
  }
}

bool FieldRules::isKnown(std::uint32_t number) const {
  const auto entry = file_.entry(number, before_);
  return (entry && entry->kind != XrefEntry::Kind::free) || old_.references.count(number) != 0;
}

std::string FieldRules::nameOf(std::uint32_t node) const {
  const auto field = old_.formNodes.find(node);
  const std::string number = "object " + std::to_string(node);
  return field == old_.formNodes.end() || field->second.name.empty()
             ? number
             : number + ", " + shortened(field->second.name);
}

bool FieldRules::allowsList(const PdfValue& before, const PdfValue& after, std::uint32_t page) {
  if (!after.is(Kind::array) || after.items.size() < before.items.size()) return false;
  for (std::size_t i = 0; i < before.items.size(); ++i) {
    if (!sameValue(before.items[i], after.items[i])) return false;
  }
  return std::all_of(after.items.begin() + static_cast<std::ptrdiff_t>(before.items.size()),
                     after.items.end(),
                     [&](const PdfValue& item) { return isNewSignatureField(item, page); });
}

/// The field that a widget of its own belongs to, as a new revision has both.
std::uint32_t FieldRules::fieldOf(std::uint32_t widget) const {
  const auto found = fieldsOfWidgets_.find(widget);
  return found != fieldsOfWidgets_.end() ? found->second : widget;
}

bool FieldRules::isNewSignatureField(const PdfValue& item, std::uint32_t page) {
  if (!item.is(Kind::reference) || isKnown(item.reference.number)) return false;
  // Only what the form or a page shows as a signature field is verified as a signature; anything
  // else could cover the page.
  const std::uint32_t number = fieldOf(item.reference.number);
  if (formFields_.count(number) == 0) return false;
  const PdfValue field = objectAt(file_, number, after_).value;
  const PdfValue title = file_.get(field, "T", after_);
  const std::string name = title.is(Kind::string) ? textOfPdfString(title.text) : "";
  const PdfValue* type = field.find("FT");
  if (type == nullptr || !type->isName("Sig") || !isNewSignature(field.find("V"), name)) {
    return false;
  }
  const PdfValue kids = file_.get(field, "Kids", after_);
  const bool apart = !kids.items.empty();
  if (!hasOnlyKeys(field, apart ? KeysOf::field : KeysOf::both)) return false;
  if (apart) {
    for (const PdfValue& kid : kids.items) {
      if (!kid.is(Kind::reference) || !isNewWidget(kid.reference.number, field, page)) return false;
    }
  } else if (!isNewWidget(number, field, page)) {
    return false;
  }
  if (named_.insert(number).second) {
    seen_.push_back({true, textId("a signature was added"), "field " + shortened(name)});
  }
  return true;
}

bool FieldRules::hasOnlyKeys(const PdfValue& node, KeysOf of) {
  // Others could be read by somebody. iText and others put the resources of the look into /DR; of
  // objects of their own.
  if (givesKeyTwice(node)) return false;
  return std::all_of(node.entries.begin(), node.entries.end(), [&](const auto& entry) {
    const std::string& key = entry.first;
    const bool both = isOneOf(key, {"DA", "Q"});
    const bool field = isOneOf(key, {"FT", "T", "TU", "V", "Ff", "Lock", "SV"});
    const bool widget = isOneOf(key, {"Type", "Subtype", "F", "P", "Rect", "AP", "M", "NM", "MK",
                                      "Border", "BS", "H", "AS", "DR"});
    return both || (of != KeysOf::widget && field) || (of != KeysOf::field && widget) ||
           (of == KeysOf::field && key == "Kids") || (of == KeysOf::widget && key == "Parent");
  });
}

/// What a new signature shows. `page`: as for allowsList().
bool FieldRules::isNewWidget(std::uint32_t number, const PdfValue& field, std::uint32_t page) {
  const bool apart = field.reference.number != number;
  const PdfValue widget = apart ? objectAt(file_, number, after_).value : field;
  const PdfValue *subtype = widget.find("Subtype"), *parent = widget.find("Parent");
  if (isKnown(number) || subtype == nullptr || !subtype->isName("Widget")) return false;
  if (apart && (parent == nullptr || !sameValue(*parent, PdfValue::ofReference(field.reference)) ||
                !hasOnlyKeys(widget, KeysOf::widget))) {
    return false;
  }
  // Whoever makes a timestamp answers for nothing that is shown, and anybody can have one made.
  if (isTimestamp(field.find("V")) && paintsSomething(file_, after_, widget)) return false;
  if (page != 0 && hides(widget, page)) return false;
  if (!appearanceIsNew(PdfValue{}, valueOr(widget.find("AP")))) return false;
  const PdfValue* own = widget.find("DR");
  return own == nullptr || !reachesKnown(*own);
}

/// A value leads, by any way of new objects, to one that was there.
bool FieldRules::reachesKnown(const PdfValue& value) const {
  constexpr std::size_t kMost = 2000;
  std::vector<std::uint32_t> open;
  std::set<std::uint32_t> seen;
  for (collectReferences(value, open); !open.empty();) {
    const std::uint32_t number = open.back();
    open.pop_back();
    if (isKnown(number) || seen.size() > kMost) return true;
    if (!seen.insert(number).second) continue;
    collectReferences(objectAt(file_, number, after_).value, open);
  }
  return false;
}

bool FieldRules::isTimestamp(const PdfValue* value) const {
  const PdfValue signature = value != nullptr ? file_.resolve(*value, after_) : PdfValue{};
  const PdfValue* format = signature.find("SubFilter");
  return format != nullptr && format->isName("ETSI.RFC3161");
}

bool FieldRules::anyValue() const {
  return std::any_of(old_.formNodes.begin(), old_.formNodes.end(), [](const auto& node) {
    return isOneOf(node.second.type, {"Tx", "Ch"}) && !isEmpty(node.second.value);
  });
}

bool FieldRules::isNewSignature(const PdfValue* value, const std::string& name) const {
  if (value == nullptr || !value->is(Kind::reference) || isKnown(value->reference.number)) {
    return false;
  }
  const PdfValue signature = file_.resolve(*value, after_);
  // Archive timestamps are permitted even where nothing else is (EN 319 142-1, 5.4.3).
  const bool locked = permissions_.certifiedNoChange || permissions_.locks(name);
  if (locked && !isTimestamp(value)) return false;
  return signature.find("ByteRange") != nullptr && signature.find("Contents") != nullptr;
}

/// Drawn from objects that were not there before, or from none.
bool FieldRules::appearanceIsNew(const PdfValue& before, const PdfValue& after) const {
  if (sameValue(before, after)) return true;
  if (after.is(Kind::reference)) return !isKnown(after.reference.number);
  for (const auto& [state, value] : after.entries) {
    const PdfValue* old = before.find(state);
    if (old != nullptr && sameValue(*old, value)) continue;
    std::vector<std::uint32_t> shown;
    collectReferences(value, shown);
    if (std::any_of(shown.begin(), shown.end(), [&](auto n) { return isKnown(n); })) return false;
  }
  return true;
}

bool FieldRules::coversTooMuch(const PdfValue& widget, double pageArea, double share) const {
  if (isHidden(file_.get(widget, "F", after_))) return false;
  const PdfValue rect = file_.get(widget, "Rect", after_);
  if (rect.items.size() != 4) return !rect.is(Kind::null);
  double c[4];
  for (std::size_t i = 0; i < 4; ++i) c[i] = file_.resolve(rect.items[i], after_).number();
  const double area = std::abs((c[2] - c[0]) * (c[3] - c[1]));
  return area > 0 && area > pageArea * share;
}

/// A new widget hides what its page showed.
bool FieldRules::hides(const PdfValue& widget, std::uint32_t page) {
  const auto found = old_.pages.find(page);
  if (found == old_.pages.end() || coversTooMuch(widget, found->second, kShareOfNew)) return true;
  if (pictures_ && paintsSomething(file_, after_, widget)) {
    drawn_.add(widget.reference.number, page, false, true);
  }
  if (pictures_ && !looksDiffer(file_, after_, widget)) return false;
  return !isHidden(file_.get(widget, "F", after_)) &&
         coversPageContent(file_, before_, objectAt(file_, page, before_).value, after_, widget);
}

/// A widget that was there is drawn so that it hides letters or pictures it did not hide before.
bool FieldRules::hidesMore(const PdfValue& before, const PdfValue& after, std::uint32_t page,
                           bool signature) {
  const double area = old_.pages.count(page) != 0 ? old_.pages.at(page) : 0;
  if (coversTooMuch(after, area, kShareOfKnown)) return true;
  if (pictures_ && paintsSomething(file_, after_, after)) {
    drawn_.add(after.reference.number, page, true, signature);
  }
  if (pictures_ && !looksDiffer(file_, after_, after)) return false;
  const bool unseen = isUnseen(file_.get(before, "F", before_));
  if (isHidden(file_.get(after, "F", after_))) return false;
  if (signature && !unseen && !coversTooMuch(after, area, kShareOfSmall)) return false;
  const PdfValue shown = objectAt(file_, page, before_).value;
  return coversPageContent(file_, before_, shown, after_, after, true) &&
         (unseen || !coversPageContent(file_, before_, shown, before_, before, true));
}

bool FieldRules::isFilledNow(const FormField& field, PdfValue* now) const {
  const PdfValue node = objectAt(file_, field.top, after_).value;
  PdfValue value = file_.get(node, "V", after_);
  const bool changed = !sameValue(value, field.value);
  if (now != nullptr) *now = std::move(value);
  return changed;
}

/// A text, choice or button field gets a value.
bool FieldRules::allowsFill(const FormField& field) {
  if (!isOneOf(field.type, {"Tx", "Ch", "Btn"}) || field.pushButton) return false;
  if (permissions_.certifiedNoChange || permissions_.locks(field.name)) return false;
  PdfValue now;
  if (!isFilledNow(field, &now) || isEmpty(now)) return false;
  if (!replacing_ && !isEmpty(field.value)) return false;
  if (named_.insert(field.top).second) {
    seen_.push_back(
        {true, textId("a field was filled in"),
         "field " + shortened(field.name) + ": " + textOf(field.value) + " → " + textOf(now)});
  }
  return true;
}

bool FieldRules::allowsNode(std::uint32_t number, const PdfValue& before, const PdfValue& after) {
  const FormField& field = old_.formNodes.at(number);
  const std::set<std::string> keys = differingKeys(before, after);
  const bool signature = field.type == "Sig";
  for (const std::string& key : keys) {
    if (key == "Ff" && locksNow(field, before, after)) continue;
    const bool allowed = signature ? isOneOf(key, {"V", "AP", "F", "M", "MK", "DR"})
                                   : isOneOf(key, {"V", "AP", "AS", "I", "M"});
    if (!allowed || (after.find(key) == nullptr && key != "MK")) return false;
  }
  const auto page = old_.widgetPages.find(number);
  // A widget outside every page shows nothing.
  const bool shows = page != old_.widgetPages.end();
  if (old_.onSeveralPages.count(number) != 0) return false;
  const bool redrawn =
      keys.count("AP") + keys.count("AS") + keys.count("F") + keys.count("MK") + keys.count("DR") !=
      0;
  if (shows && (redrawn || !pictures_) && hidesMore(before, after, page->second, signature)) {
    return false;
  }
  if (!appearanceIsNew(valueOr(before.find("AP")), valueOr(after.find("AP")))) return false;
  if (const PdfValue* own = after.find("DR"); keys.count("DR") != 0 && reachesKnown(*own)) {
    return false;
  }
  if (keys == std::set<std::string>{"Ff"}) return true;
  if (!signature) {
    if (keys.count("AP") != 0 && field.type == "Btn") return false;
    return allowsFill(field);
  }
  const PdfValue top = objectAt(file_, field.top, after_).value;
  if (!isEmpty(field.value) || !isNewSignature(top.find("V"), field.name)) return false;
  if (redrawn && isTimestamp(top.find("V")) && paintsSomething(file_, after_, after)) return false;
  if (named_.insert(field.top).second) {
    seen_.push_back({true, textId("a signature was added"), "field " + shortened(field.name)});
  }
  return true;
}

/// A field becomes read-only, and nothing else: what a lock does when it takes effect.
bool FieldRules::locksNow(const FormField& field, const PdfValue& before,
                          const PdfValue& after) const {
  constexpr std::int64_t kReadOnly = 1;  // 12.7.3.1
  const std::int64_t was = integerOf(before.find("Ff"), 0), is = integerOf(after.find("Ff"), 0);
  if (is != (was | kReadOnly) || field.pushButton) return false;
  return signsSomething_;
}

bool FieldRules::allowsAppearance(std::uint32_t number) {
  const std::uint32_t widget = old_.appearances.at(number);
  const auto found = old_.formNodes.find(widget);
  if (found == old_.formNodes.end() || old_.onSeveralPages.count(widget) != 0) return false;
  const FormField& field = found->second;
  const auto page = old_.widgetPages.find(widget);
  const PdfValue node = objectAt(file_, widget, after_).value;
  if (page != old_.widgetPages.end() &&
      hidesMore(objectAt(file_, widget, before_).value, node, page->second, field.type == "Sig")) {
    return false;
  }
  if (field.type == "Sig") {
    const PdfValue top = objectAt(file_, field.top, after_).value;
    return isEmpty(field.value) && isNewSignature(top.find("V"), field.name) &&
           !(isTimestamp(top.find("V")) && paintsSomething(file_, after_, node));
  }
  return field.type != "Btn" && allowsFill(field);
}

}  // namespace sohoa
