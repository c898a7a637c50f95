#include "pipeline/dossier/dossier_documents.h"

#include <algorithm>

namespace sohoa {
namespace {

/// Keyed-in values of one document, under the plain names of the fields.
FieldMap keyedFor(const DossierDocument& document, const FieldMap& keyed) {
  const std::string prefix = document.planned.label.text() + ".";
  FieldMap own;
  for (const auto& [name, field] : keyed) {
    if (name.starts_with(prefix)) {
      own[name.substr(prefix.size())] = field;
    } else if (document.registered && name.find('.') == std::string::npos) {
      own[name] = field;
    }
  }
  return own;
}

/// Whether a page belongs to a file; a rescanned page belongs where the replaced one did.
bool isOf(const PageAttempt& page, const IntakeFile& file) {
  return page.file->replaces ? page.file->replaces->name == file.original.name : page.file == &file;
}

bool isScannedResult(const DossierDocument& document) {
  return document.planned.label.kind == DocumentKind::result && !document.pages.empty();
}

class Judge {
 public:
  Judge(const std::string& dossier, const std::vector<PageAttempt>& pages,
        const std::optional<RegisterRow>& row, const FieldMap& keyed)
      : dossier_(dossier), pages_(pages), row_(row), keyed_(keyed) {}

  void findRegistered(std::vector<DossierDocument>& documents) const {
    auto found = std::find_if(documents.begin(), documents.end(), [&](const auto& document) {
      return isScannedResult(document) && carriesNumber(document);
    });
    if (found == documents.end()) {
      found = std::find_if(documents.begin(), documents.end(), isScannedResult);
    }
    if (found != documents.end()) found->registered = true;
  }

  void judge(DossierDocument& document) const {
    std::optional<RegisterRow> row = row_;
    const bool result = document.planned.label.kind == DocumentKind::result;
    if (row && !document.registered) row->resultNumber.clear(), row->resultDate.reset();
    document.judged = judgeFields(readings(document), dossier_, row, keyedFor(document, keyed_));
    if (!result) document.judged.problems.clear(), document.judged.missesByHand = false;
    for (ItemError& problem : document.judged.problems)
      problem.item = document.nameOf(problem.item);
  }

 private:
  /// Whether the register's number is on the document's pages.
  bool carriesNumber(const DossierDocument& document) const {
    if (!row_ || row_->resultNumber.empty()) return false;
    const FieldJudgement judged = judgeFields(readings(document), dossier_, row_, {});
    const auto number = judged.fields.find(field::kNumber);
    if (number == judged.fields.end() || number->second.page < 1) return false;
    if (number->second.value.empty() || number->second.byHand) return false;
    return std::none_of(judged.problems.begin(), judged.problems.end(), [](const ItemError& p) {
      return p.cause == Cause::fieldContradiction && p.item == field::kNumber;
    });
  }

  std::vector<PageReading> readings(const DossierDocument& document) const {
    std::vector<PageReading> readings;
    for (const std::size_t i : document.pages) {
      readings.push_back(pages_[i].reading ? *pages_[i].reading : PageReading{});
    }
    return readings;
  }

  const std::string& dossier_;
  const std::vector<PageAttempt>& pages_;
  const std::optional<RegisterRow>& row_;
  const FieldMap& keyed_;
};

}  // namespace

std::string DossierDocument::nameOf(const std::string& field) const {
  return registered ? field : planned.label.text() + "." + field;
}

Result<std::vector<DossierDocument>> dossierDocuments(const IntakeItem& item,
                                                      const std::vector<PageAttempt>& pages,
                                                      const std::optional<RegisterRow>& row,
                                                      const FieldMap& keyed) {
  auto planned = planDocuments(item.files);
  if (!planned) return planned.error();
  std::vector<DossierDocument> documents;
  for (PlannedDocument& plan : *planned) {
    DossierDocument& document = documents.emplace_back();
    document.code = item.code + "-" + plan.label.text();
    document.planned = std::move(plan);
    for (const std::size_t file : document.planned.files) {
      for (std::size_t i = 0; i < pages.size(); ++i) {
        if (isOf(pages[i], item.files[file])) document.pages.push_back(i);
      }
    }
  }
  const Judge judge(item.code, pages, row, keyed);
  judge.findRegistered(documents);
  for (DossierDocument& document : documents) {
    if (!document.pages.empty()) judge.judge(document);
  }
  return documents;
}

}  // namespace sohoa
