#include "pipeline/results/keyed_fields.h"

#include <algorithm>

#include "core/document_kind.h"
#include "core/result.h"
#include "pipeline/dossier/field_checks.h"
#include "pipeline/results/result_status.h"

namespace sohoa {
namespace {

/// The digitised result of a dossier or result code. Of several results of a dossier only the first
/// can have been digitised here; the others came in signed.
std::optional<FiledResult> digitisedResult(const Site& site, const std::string& code) {
  auto found = findResult(site, code);
  if (!found && code.find("-KQ") == std::string::npos) found = findResult(site, code + "-KQ1");
  if (!found || found->result().origin != DocumentOrigin::digitised) return std::nullopt;
  return found;
}

/// The rule applied before filing: a place for a number or date on the page must have a value.
bool missesByHand(const DocumentRecord& document) {
  for (const std::string_view name : {field::kNumber, field::kDate}) {
    const auto found = document.fields.find(name);
    if (found != document.fields.end() && found->second.value.empty()) return true;
  }
  return false;
}

}  // namespace

bool isFiledAndDigitised(const Site& site, const std::string& code) {
  return digitisedResult(site, code).has_value();
}

bool putIn(DossierRecord& record, DocumentRecord& document,
           const std::map<std::string, std::string>& values, const std::string& person,
           const std::string& reason) {
  const std::string title = titleOf(document.fields);
  bool changed = false;
  for (const auto& [name, value] : values) {
    DocumentField& field = document.fields[name];
    if (field.value == value && field.source == kKeyed) continue;
    field.value = value;
    field.source = kKeyed;
    field.person = person;
    field.reason = reason;
    changed = true;
  }
  if (!changed) return false;
  if (!title.empty() && document.title == title) document.title = titleOf(document.fields);
  const bool missing =
      std::any_of(record.documents.begin(), record.documents.end(), [](const DocumentRecord& one) {
        return documentKindOfCode(one.code) == DocumentKind::result && missesByHand(one);
      });
  if (record.notCountedReason == codeOf(Cause::fieldByHand) && !missing) {
    record.counted = true;
    record.notCountedReason.clear();
  }
  return true;
}

std::vector<KeyedDifference> keyedDifferences(const DocumentRecord& before,
                                              const DocumentRecord& now) {
  std::vector<KeyedDifference> differences;
  for (const auto& [name, field] : now.fields) {
    if (field.source != kKeyed) continue;
    const auto old = before.fields.find(name);
    if (old != before.fields.end() && old->second == field) continue;
    differences.push_back(
        {name, old == before.fields.end() ? std::string() : old->second.value, field.value});
  }
  return differences;
}

std::variant<KeyedIn, std::string> keyIntoFiled(const Site& site, const std::string& code,
                                                const std::map<std::string, std::string>& values,
                                                const std::string& person,
                                                const std::string& reason) {
  ResultChange change;
  change.person = person;
  change.reason = reason;
  for (const auto& [name, value] : values) {
    const auto usable = canonicalField(name, value);
    // Here a document is named by its code, not by a prefix of the field.
    if (!usable || name.find('.') != std::string::npos) return name;
    change.keyed[name] = *usable;
  }
  const auto filed = digitisedResult(site, code);
  if (!filed) throw BatchError(Cause::repositoryDamaged, code + " is not filed");
  const ResultChanged done = changeResult(site, *filed, change);
  const auto now = findResult(site, filed->result().code);
  return KeyedIn{filed->record.code, done.version, done.changed,
                 now ? now->record.notCountedReason : ""};
}

}  // namespace sohoa
