#include "pipeline/intake/document_plan.h"

#include <algorithm>
#include <map>

namespace sohoa {
namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isJoint(char c) { return c == ' ' || c == '-' || c == '_' || c == '.'; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

std::string_view withoutJoints(std::string_view text) {
  while (!text.empty() && isJoint(text.front())) text.remove_prefix(1);
  while (!text.empty() && isJoint(text.back())) text.remove_suffix(1);
  return text;
}

std::optional<DocumentLabel> parsed(std::string_view text, bool leadingZero) {
  if (text.size() < 3) return std::nullopt;
  const char mark[] = {upper(text[0]), upper(text[1])};
  const auto kind = documentKindOfMark(std::string_view(mark, 2));
  if (!kind) return std::nullopt;
  text.remove_prefix(2);
  if (text.front() == ' ') text.remove_prefix(1);  // "KQ 1"
  std::size_t digits = 0;
  while (digits < text.size() && isDigit(text[digits])) ++digits;
  if (digits == 0 || digits > 2 || (text.front() == '0' && !leadingZero)) return std::nullopt;
  DocumentLabel label{*kind, std::stoi(std::string(text.substr(0, digits))), {}};
  text.remove_prefix(digits);
  if (label.number == 0 || (!text.empty() && !isJoint(text.front()))) return std::nullopt;
  label.name = withoutJoints(text);
  return label;
}

ItemError ambiguous(const IntakeFile& file, const std::string& why) {
  return {Stage::intake, Cause::documentAmbiguous, file.original.name, why};
}

/// Groups files into documents, and detects where names contradict each other.
class Plan {
 public:
  explicit Plan(const std::vector<IntakeFile>& files) : files_(files) {}

  Result<std::vector<PlannedDocument>> make() {
    for (std::size_t i = 0; i < files_.size(); ++i) {
      const OriginalFile& original = files_[i].original;
      // Kept, but not in a document of its own: a separator sheet or a rescanned page.
      if (original.separator || files_[i].replaces) continue;
      const std::string& name = original.name;
      const std::size_t slash = name.rfind('/');
      const bool inFolder = slash != std::string::npos;
      const auto label = inFolder ? labelOfFolder(name.substr(0, slash)) : labelOfFile(name);
      if (!label || original.source) {  // names within a stack come from the scanner
        unnamed_.push_back(i);
        continue;
      }
      if (auto wrong = add(*label, inFolder ? name.substr(0, slash) : "", i)) return *wrong;
    }
    if (auto wrong = addUnnamed()) return *wrong;
    std::vector<PlannedDocument> documents;
    for (auto& [key, place] : places_) {
      const bool received = std::any_of(place.document.files.begin(), place.document.files.end(),
                                        [&](std::size_t i) { return files_[i].alreadySigned; });
      if (received && place.document.files.size() > 1) {
        return ambiguous(files_[place.document.files.front()], place.document.label.text());
      }
      place.document.asReceived = received && files_[place.document.files.front()].asReceived();
      place.document.signedScan = received && !place.document.asReceived;
      documents.push_back(std::move(place.document));
    }
    return documents;
  }

 private:
  struct Place {
    PlannedDocument document;
    std::string folder;
  };

  std::optional<ItemError> add(const DocumentLabel& label, const std::string& folder,
                               std::size_t file) {
    const auto [at, fresh] = places_.try_emplace({label.kind, label.number});
    Place& place = at->second;
    if (fresh) {
      place = {{label, {}, false, false}, folder};
    } else if (place.folder != folder) {
      return ambiguous(files_[file], label.text());
    }
    if (place.document.label.name.empty()) place.document.label.name = label.name;
    place.document.files.push_back(file);
    return std::nullopt;
  }

  /// Scans without a label form the only result of the dossier; signed PDFs follow it as further
  /// results.
  std::optional<ItemError> addUnnamed() {
    if (unnamed_.empty()) return std::nullopt;
    const bool named = !places_.empty() && places_.begin()->first.first == DocumentKind::result;
    if (named)
      return ambiguous(files_[unnamed_.front()], places_.begin()->second.document.label.text());
    int number = 0;
    const auto next = [&] { return DocumentLabel{DocumentKind::result, ++number, {}}; };
    std::optional<DocumentLabel> scans;
    for (const std::size_t i : unnamed_) {
      if (files_[i].alreadySigned) continue;
      if (!scans) scans = next();
      add(*scans, "", i);
    }
    for (const std::size_t i : unnamed_) {
      if (files_[i].alreadySigned) add(next(), "", i);
    }
    return std::nullopt;
  }

  const std::vector<IntakeFile>& files_;
  std::map<std::pair<DocumentKind, int>, Place> places_;
  std::vector<std::size_t> unnamed_;
};

}  // namespace

std::optional<DocumentLabel> labelOfFolder(std::string_view folder) { return parsed(folder, true); }

std::optional<DocumentLabel> labelOfFile(std::string_view file) {
  auto label = parsed(file.substr(0, file.rfind('.')), false);
  if (!label) return label;
  std::string_view name = label->name;
  while (!name.empty() && isDigit(name.back())) name.remove_suffix(1);
  // "001" and "Đơn-001" end in a page number; "Đơn 2" and "QĐ 1234" may be names of papers.
  const bool page = name.empty() || name.back() == '-' || name.back() == '_';
  if (page) label->name = std::string(withoutJoints(name));
  return label;
}

Result<std::vector<PlannedDocument>> planDocuments(const std::vector<IntakeFile>& files) {
  return Plan(files).make();
}

std::optional<std::string> missingDocument(const std::vector<PlannedDocument>& documents) {
  std::map<DocumentKind, int> last;
  for (const PlannedDocument& document : documents) {
    int& number = last[document.label.kind];
    if (document.label.number != number + 1) {
      return DocumentLabel{document.label.kind, number + 1, {}}.text();
    }
    number = document.label.number;
  }
  return std::nullopt;
}

}  // namespace sohoa
