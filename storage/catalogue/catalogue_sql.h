#pragma once

#include <map>

#include "storage/catalogue/catalogue.h"
#include "storage/catalogue/search_filters.h"
#include "storage/catalogue/text_index.h"
#include "storage/database/database.h"

namespace sohoa {

class RegisterRows;

/// The catalogue in SQL that both engines understand; what they do differently is in Database,
/// TextIndex and the schema. Its functions are in catalogue_register.cpp, catalogue_filing.cpp,
/// catalogue_report.cpp, catalogue_search.cpp and catalogue_dump.cpp.
class SqlCatalogue final : public Catalogue {
 public:
  explicit SqlCatalogue(std::unique_ptr<Database> database);

  RegisterChange importRegister(const RegisterSource& next,
                                const RegisterWitness& changed) override;
  std::optional<RegisterRow> registered(const std::string& dossierCode) const override;
  std::int64_t registerSize() const override;
  void forEachRegistered(const std::function<void(const RegisterRow&)>& visit) const override;

  void recordFiled(const DossierRecord& record, int version,
                   const std::vector<DocumentText>& texts) override;
  std::optional<FiledDossier> filed(const std::string& dossierCode) const override;

  void recordOutcome(const Outcome& outcome) override;
  std::vector<Outcome> outcomes(const std::string& batch) const override;
  JobQueue& jobs() override { return *jobs_; }

  std::vector<SearchHit> search(const std::string& query, int limit,
                                const SearchFilter& filter) const override;
  std::vector<ReportRow> report(Day from, Day to, Grouping grouping) const override;
  std::vector<ExcludedCount> excluded(Day from, Day to, Grouping grouping) const override;
  std::vector<ReportMember> membersOf(Day from, Day to, Grouping grouping,
                                      const std::string& group) const override;
  void forEachDumpLine(const std::function<void(const std::string&)>& visit) const override;

 private:
  void importRows(RegisterRows& table, const std::map<std::string, RegisterRow>& rows,
                  RegisterChange& change, const RegisterWitness& changed);
  void recordNewest(const DossierRecord& record, int version,
                    const std::vector<DocumentText>& texts);
  struct IndexedPage {
    std::int64_t id = 0;
    std::string words;
    FilterValues filters;
  };
  std::vector<IndexedPage> indexedPages(const std::string& dossierCode) const;
  void forgetDocuments(const std::string& dossierCode);
  void addDocument(const DossierRecord& record, const DocumentRecord& document,
                   const std::vector<std::string>* texts);
  /// What the register now says of a filed dossier, for the filters of the search.
  void filterAgain(const RegisterRow& row);

  std::unique_ptr<Database> database_;
  std::unique_ptr<TextIndex> index_;
  std::unique_ptr<JobQueue> jobs_;
};

/// Columns of `register` that hold a RegisterRow, in the order that rowFrom() reads them.
inline constexpr char kRegisterColumns[] =
    "register.code, register.procedure_code, procedure_name, register.unit, received_on, "
    "resolved_on, medium, applicant, result_number, result_date, excluded_reason";
RegisterRow rowFrom(const Statement& statement, int firstColumn = 0);

}  // namespace sohoa
