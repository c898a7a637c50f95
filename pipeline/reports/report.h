#pragma once

#include <string>
#include <vector>

#include "core/texts/text.h"
#include "pipeline/common/period.h"
#include "storage/catalogue/catalogue.h"

namespace sohoa {

/// Counts of a period against the target, ready for printing. Whole numbers: the ratio is compared
/// only as integers (100 * digitised >= target * received) and shown rounded down.
struct Report {
  Period period;
  Grouping grouping = Grouping::none;
  int targetPercent = 30;
  Time madeAt{};
  std::vector<ReportRow> rows;  ///< one for each group
  ReportRow total;
  std::vector<ExcludedCount> excluded;  ///< received but not to be digitised; counted separately
};

enum class Verdict { met, missed, notApplicable };
/// notApplicable when nothing was received: 0 of 0 is not a success.
Verdict targetOf(const ReportRow& row, int targetPercent);
/// "41.6 %", rounded down to a tenth; "-" when nothing was received.
std::string ratioText(const ReportRow& row);

Report makeReport(const Catalogue& catalogue, const Period& period, Grouping grouping,
                  int targetPercent, Time now);

std::string asTable(const Report& report, Language language);
std::string asCsv(const Report& report, Language language);
std::string asJson(const Report& report);

/// The dossiers behind the figures of a group (of all groups if it is empty and grouping is none).
std::string membersAsCsv(const std::vector<ReportMember>& members);

}  // namespace sohoa
