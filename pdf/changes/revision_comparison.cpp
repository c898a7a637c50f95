#include "pdf/changes/revision_comparison.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "core/texts/text.h"
#include "pdf/changes/form_field_rules.h"
#include "pdf/changes/metadata_rules.h"

namespace sohoa {
namespace {

using Kind = PdfValue::Kind;

/// One revision against the one before it.
class Step {
 public:
  Step(const PdfRevisions& file, std::size_t newer, const SigningPermissions& permissions,
       bool replacing, std::size_t& budget, PageRenderer* renderer)
      : file_(file),
        after_(newer),
        before_(newer + 1),
        budget_(budget),
        renderer_(renderer),
        old_(ObjectRoles::read(file, newer + 1, budget)),
        fields_(file, newer, permissions, replacing, old_, renderer != nullptr) {}

  RevisionChanges compare() {
    changes_.kind = RevisionChanges::Kind::permitted;
    compareTrailers();
    const XrefSection& section = file_.sections()[after_];
    for (const auto* runs : {&section.runs, &section.hybridRuns}) {
      for (const auto& run : *runs) {
        for (std::size_t i = 0; i < run.entries.size(); ++i) {
          const std::uint32_t number = run.first + static_cast<std::uint32_t>(i);
          if (old_.references.count(number) != 0) compareObject(number);
        }
      }
    }
    compareHybrid(section);
    if (renderer_ != nullptr && changes_.kind != RevisionChanges::Kind::forbidden) {
      const RevisionChanges seen = fields_.drawn().judge(*renderer_);
      changes_.kind = std::max(changes_.kind, seen.kind);
      changes_.changes.insert(changes_.changes.end(), seen.changes.begin(), seen.changes.end());
    }
    for (const DocumentChange& change : fields_.seen()) changes_.changes.push_back(change);
    return std::move(changes_);
  }

 private:
  void forbid(const char* words, std::string where) {
    changes_.kind = RevisionChanges::Kind::forbidden;
    changes_.changes.push_back({false, words, std::move(where)});
  }
  void forbid(const char* words, std::uint32_t number) {
    forbid(words, "object " + std::to_string(number));
  }
  void permit(const char* words, std::uint32_t number) {
    changes_.changes.push_back({true, words, "object " + std::to_string(number)});
  }

  void compareTrailers() {
    const PdfValue& before = file_.trailer(before_);
    const PdfValue& after = file_.trailer(after_);
    for (const char* key : {"Root", "Info", "Encrypt"}) {
      const PdfValue *a = before.find(key), *b = after.find(key);
      if (a == nullptr ? b == nullptr : b != nullptr && sameValue(*a, *b)) continue;
      if (std::string_view(key) == "Info" && newInfoMay(a, b)) continue;
      forbid(textId("the file was given another root"), std::string("trailer /") + key);
    }
  }

  /// A first document information, or the old one in another place: with other dates alone.
  bool newInfoMay(const PdfValue* before, const PdfValue* after) const {
    if (after == nullptr || !after->is(Kind::reference) || !isNew(*after)) return false;
    const PdfValue was = before != nullptr ? file_.resolve(*before, before_) : PdfValue{};
    const PdfValue is = file_.resolve(*after, after_);
    return is.is(Kind::dictionary) && !is.duplicate && onlyProducerDiffers(was, is);
  }

  /// Some readers let the stream of a hybrid section go before its table. Honest signers leave an
  /// old one in the trailer: it may say what was so before.
  void compareHybrid(const XrefSection& section) {
    for (const auto& run : section.hybridRuns) {
      for (std::size_t i = 0; i < run.entries.size(); ++i) {
        const XrefEntry& hidden = run.entries[i];
        const std::uint32_t number = run.first + static_cast<std::uint32_t>(i);
        if (hidden.kind == XrefEntry::Kind::free || old_.references.count(number) == 0) continue;
        if (hidden != file_.entry(number, before_) && hidden != file_.entry(number, after_)) {
          return forbid(textId("the cross-references contradict each other"), number);
        }
      }
    }
  }

  bool isLive(std::uint32_t number, std::size_t section) const {
    const auto entry = file_.entry(number, section);
    return entry && entry->kind != XrefEntry::Kind::free;
  }

  void compareObject(std::uint32_t number) {
    if (file_.entry(number, before_) == file_.entry(number, after_)) return;
    if (budget_ == 0) throw PdfSyntaxError("too much to compare", 0);
    --budget_;
    const bool lived = isLive(number, before_), lives = isLive(number, after_);
    if (!lived && !lives) return;
    if (!lives) return forbid(textId("an object was taken away"), number);
    if (!lived) return forbid(textId("a place that was empty was filled"), number);
    const PdfObject before = objectAt(file_, number, before_);
    const PdfObject after = objectAt(file_, number, after_);
    if (before.value.reference != after.value.reference || givesKeyTwice(after.value)) {
      return forbid(textId("an object was replaced"), number);
    }
    if (before.hasStream == after.hasStream && before.streamData == after.streamData &&
        sameValue(before.value, after.value)) {
      return;
    }
    judge(number, before, after);
  }

  /// An object with several roles must be permitted in each of them.
  void judge(std::uint32_t number, const PdfObject& before, const PdfObject& after) {
    const PdfValue &a = before.value, &b = after.value;
    const bool values = !before.hasStream && !after.hasStream && a.kind == b.kind;
    if (old_.pages.count(number) != 0) {
      if (values && allowsPage(number, a, b))
        return permit(textId("a signature was put on a page"), number);
      return forbid(textId("a page was changed"), number);
    }
    if (old_.tree.count(number) != 0)
      return forbid(textId("the order or number of pages was changed"), number);
    if (old_.shown.count(number) != 0)
      return forbid(textId("the content of a page was changed"), number);
    if (number == old_.root) {
      if (values && allowsCatalog(a, b))
        return permit(textId("the document catalogue was extended"), number);
      return forbid(textId("the document catalogue was changed"), number);
    }
    if (!old_.isOutsideStore(number)) {
      if (values && allowsStore(a, b)) return permit(textId("archive material was added"), number);
      return forbid(textId("archive material was changed"), number);
    }
    if (!old_.single(number) && old_.formNodes.count(number) == 0) {
      return forbid(textId("an object was changed that is used in several places"), number);
    }
    if (number == old_.form) {
      if (values && allowsForm(a, b))
        return permit(textId("a signature was added to the form"), number);
      return forbid(textId("the form was changed"), number);
    }
    if (number == old_.formResources) {
      if (values && allowsResources(a, b))
        return permit(textId("resources for new fields were added to the form"), number);
      return forbid(textId("the form was changed"), number);
    }
    if (number == old_.fields || old_.annotationLists.count(number) != 0) {
      const auto page = old_.annotationLists.find(number);
      const std::uint32_t shown = page != old_.annotationLists.end() ? page->second : 0;
      if (values && fields_.allowsList(a, b, shown))
        return permit(textId("a signature was added to a list"), number);
      return forbid(textId("a list of fields or annotations was changed"), number);
    }
    if (number == old_.extensions) {
      if (values && b.is(Kind::dictionary))
        return permit(textId("the document catalogue was extended"), number);
      return forbid(textId("the document catalogue was changed"), number);
    }
    if (number == old_.info) {
      if (values && onlyProducerDiffers(a, b))
        return permit(textId("the date of change was written"), number);
      return forbid(textId("the document information was changed"), number);
    }
    if (number == old_.metadata) {
      if (before.hasStream && after.hasStream && allowsMetadata(before, after)) {
        return permit(textId("the date of change was written"), number);
      }
      return forbid(textId("the document information was changed"), number);
    }
    if (old_.formNodes.count(number) != 0) {
      if (values && fields_.allowsNode(number, a, b)) return;
      return forbid(textId("a form field was changed"), fields_.nameOf(number));
    }
    if (old_.appearances.count(number) != 0) {
      if (before.hasStream && after.hasStream && fields_.allowsAppearance(number)) return;
      return forbid(textId("what a form field shows was changed"), number);
    }
    forbid(textId("an object was changed"), number);
  }

  bool allowsMetadata(const PdfObject& a, const PdfObject& b) const {
    for (const std::string& key : differingKeys(a.value, b.value)) {
      if (key != "Length" && key != "Filter") return false;
    }
    return onlyProducerDiffers(file_.decoded(a, before_), file_.decoded(b, after_));
  }

  /// A first description of the document, or the old one with newer dates.
  bool newMetadataMay(const PdfValue* before, const PdfValue& after) const {
    if (!after.is(Kind::reference)) return false;
    const PdfObject is = objectAt(file_, after.reference.number, after_);
    if (!is.hasStream) return false;
    const std::string now = file_.decoded(is, after_);
    if (before == nullptr) {
      return saysNothingNew(now, file_.get(file_.trailer(before_), "Info", before_));
    }
    if (!before->is(Kind::reference)) return false;
    return onlyProducerDiffers(
        file_.decoded(objectAt(file_, before->reference.number, before_), before_), now);
  }

  bool isNew(const PdfValue& value) const {
    return !value.is(Kind::reference) || !fields_.isKnown(value.reference.number);
  }

  bool allowsCatalog(const PdfValue& a, const PdfValue& b) {
    for (const std::string& key : differingKeys(a, b)) {
      const PdfValue *before = a.find(key), *after = b.find(key);
      // A reference may come new or stay; led elsewhere it could lead to a prepared object.
      if (after == nullptr || !isNew(*after)) return false;
      const PdfValue was = before != nullptr ? file_.resolve(*before, before_) : PdfValue{};
      const PdfValue is = file_.resolve(*after, after_);
      const bool fits =
          key == "AcroForm" ? allowsForm(was, is)
          : key == "DSS" ? is.is(Kind::dictionary) && (was.is(Kind::null) || allowsStore(was, is))
          : key == "Metadata"   ? newMetadataMay(before, *after)
          : key == "Extensions" ? is.is(Kind::dictionary)
                                : key == "Version" && is.is(Kind::name);
      if (!fits) return false;
    }
    return true;
  }

  bool allowsForm(const PdfValue& a, const PdfValue& b) {
    if (!b.is(Kind::dictionary)) return false;
    for (const std::string& key : differingKeys(a, b)) {
      const PdfValue *before = a.find(key), *after = b.find(key);
      const PdfValue was = before != nullptr ? file_.resolve(*before, before_) : PdfValue{};
      const bool isNewValue = after != nullptr && isNew(*after);
      const PdfValue is = isNewValue ? file_.resolve(*after, after_) : PdfValue{};
      // 12.7.2, table 219: signatures exist, append only. Neither may be taken back.
      if (key == "SigFlags" && isNewValue &&
          (integerOf(&is, 0) & integerOf(&was, 0)) == integerOf(&was, 0)) {
        continue;
      }
      // A default look where there was none: fields that were there have their own.
      if (key == "DA" && isNewValue && before == nullptr && is.is(Kind::string) &&
          fields_.signsSomething()) {
        continue;
      }
      if (key == "DR" && isNewValue) {
        if (!allowsResources(was, is)) return false;
        permit(textId("resources for new fields were added to the form"),
               old_.form != 0 ? old_.form : old_.root);
        continue;
      }
      // /NeedAppearances may be removed or set to false, never set to true, and only while no field
      // has a value (a prepared second appearance could otherwise be switched in).
      if (key == "NeedAppearances" && (after == nullptr || !after->boolean) &&
          !fields_.anyValue()) {
        continue;
      }
      if (key != "Fields" || !isNewValue) return false;
      if (!fields_.allowsList(was, is, 0)) return false;
    }
    return true;
  }

  /// Signing programs bring fonts and pictures for their own field: under names that no field that
  /// was there uses, from objects that were not there.
  bool allowsResources(const PdfValue& a, const PdfValue& b) const {
    if (!b.is(Kind::dictionary) || givesKeyTwice(b) || !fields_.signsSomething()) return false;
    for (const std::string& kind : differingKeys(a, b)) {
      const PdfValue *before = a.find(kind), *after = b.find(kind);
      const bool known = kind == "Font" || kind == "Encoding" || kind == "XObject" ||
                         kind == "ProcSet" || kind == "ExtGState";
      if (!known || (after != nullptr && !isNew(*after))) return false;
      if (kind == "ProcSet") continue;  // obsolete (14.2): nothing is shown by it
      // /DA names fonts alone. Other resources of the form are asked for by no look that has
      // resources of its own: PDFBox gives each new signature the name of the one before, poppler
      // leaves them out.
      const bool drawnFrom = kind == "Font" || kind == "Encoding" || !looksStandAlone();
      if (after == nullptr) {
        if (drawnFrom) return false;
        continue;
      }
      const PdfValue was = before != nullptr ? file_.resolve(*before, before_) : PdfValue{};
      const PdfValue is = file_.resolve(*after, after_);
      if (!is.is(Kind::dictionary) || is.duplicate) return false;
      for (const std::string& name : differingKeys(was, is)) {
        const PdfValue* added = is.find(name);
        if (drawnFrom && (was.find(name) != nullptr || added == nullptr || isUsed(name))) {
          return false;
        }
        if (added == nullptr) continue;
        std::vector<std::uint32_t> shown;
        collectReferences(*added, shown);
        if (std::any_of(shown.begin(), shown.end(),
                        [&](std::uint32_t number) { return fields_.isKnown(number); })) {
          return false;
        }
      }
    }
    return true;
  }

  /// Every look of the older form has resources of its own (7.8.3), or draws nothing.
  bool looksStandAlone() const {
    return std::all_of(old_.appearances.begin(), old_.appearances.end(), [&](const auto& look) {
      const PdfObject form = objectAt(file_, look.first, before_);
      if (file_.get(form.value, "Resources", before_).is(Kind::dictionary)) return true;
      if (!form.hasStream) return form.value.is(Kind::null);
      const std::string drawn = file_.decoded(form, before_);
      return std::all_of(drawn.begin(), drawn.end(), isPdfSpace);
    });
  }

  /// A /DA of the older form names this font.
  bool isUsed(const std::string& font) const {
    const auto names = [&](const PdfValue& dictionary) {
      const PdfValue look = file_.get(dictionary, "DA", before_);
      return look.text.find("/" + font) != std::string::npos ||
             look.text.find('#') != std::string::npos;
    };
    if (names(file_.get(file_.catalog(before_), "AcroForm", before_))) return true;
    return std::any_of(old_.formNodes.begin(), old_.formNodes.end(), [&](const auto& node) {
      return names(objectAt(file_, node.first, before_).value);
    });
  }

  bool allowsPage(std::uint32_t page, const PdfValue& a, const PdfValue& b) {
    for (const std::string& key : differingKeys(a, b)) {
      const PdfValue *before = a.find(key), *after = b.find(key);
      if (key != "Annots" || after == nullptr || !isNew(*after)) return false;
      const PdfValue was = before != nullptr ? file_.resolve(*before, before_) : PdfValue{};
      const PdfValue is = file_.resolve(*after, after_);
      if (!fields_.allowsList(was, is, page)) return false;
    }
    return true;
  }

  /// Archive material only grows. Arrays and dictionaries may move to other objects: nothing of
  /// them is shown.
  bool allowsStore(const PdfValue& older, const PdfValue& newer, int depth = 0) const {
    constexpr int kMaxDepth = 8;
    if (sameValue(older, newer)) return true;
    if (depth > kMaxDepth) return false;
    const PdfValue a = file_.resolve(older, before_), b = file_.resolve(newer, after_);
    if (a.is(Kind::dictionary)) {
      return b.is(Kind::dictionary) &&
             std::all_of(a.entries.begin(), a.entries.end(), [&](const auto& entry) {
               // The time of a VRI entry may be renewed with it (EN 319 142-1, 5.4.2.3).
               if (entry.first == "TU") return true;
               const PdfValue* kept = b.find(entry.first);
               return kept != nullptr && allowsStore(entry.second, *kept, depth + 1);
             });
    }
    if (!a.is(Kind::array) || !b.is(Kind::array)) return false;
    std::vector<std::string> kept;
    for (const PdfValue& item : b.items) kept.push_back(serialise(item));
    std::sort(kept.begin(), kept.end());
    std::optional<std::vector<std::string>> contents;  // of the newer streams, read when needed
    return std::all_of(a.items.begin(), a.items.end(), [&](const PdfValue& item) {
      if (std::binary_search(kept.begin(), kept.end(), serialise(item))) return true;
      if (!contents) contents = contentsOf(b.items, after_);
      const auto old = contentsOf({item}, before_);
      return !old.empty() && std::binary_search(contents->begin(), contents->end(), old.front());
    });
  }

  /// The streams that a list refers to, decoded and sorted: some programs write the whole store
  /// anew, with the same material under other numbers.
  std::vector<std::string> contentsOf(const std::vector<PdfValue>& items,
                                      std::size_t section) const {
    std::vector<std::string> contents;
    for (const PdfValue& item : items) {
      if (!item.is(Kind::reference)) continue;
      const PdfObject stream = objectAt(file_, item.reference.number, section);
      if (stream.hasStream) contents.push_back(file_.decoded(stream, section));
    }
    std::sort(contents.begin(), contents.end());
    return contents;
  }

  const PdfRevisions& file_;
  std::size_t after_, before_;  ///< sections
  std::size_t& budget_;
  PageRenderer* renderer_;
  ObjectRoles old_;
  FieldRules fields_;
  RevisionChanges changes_;
};

}  // namespace

RevisionChanges compareStep(const PdfRevisions& file, std::size_t newer,
                            const SigningPermissions& permissions, bool replacing,
                            std::size_t& budget, PageRenderer* renderer) {
  if (file.isEncrypted()) {
    return {RevisionChanges::Kind::notExamined,
            {{false, textId("the objects of an encrypted file cannot be compared"), ""}}};
  }
  return Step(file, newer, permissions, replacing, budget, renderer).compare();
}

}  // namespace sohoa
