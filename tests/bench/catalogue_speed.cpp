// catalogue_speed WHERE [QUESTIONS]: how fast a full catalogue (catalogue_fill) answers. Reports:
// the median and the slowest of 20 counts of each period and grouping. Search: QUESTIONS (default
// 1500) different questions once each, every second one with filters; the 95th percentile of all
// and of each kind.

#include <fmt/core.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <map>

#include "storage/catalogue/catalogue.h"
#include "tests/bench/documents.h"

using namespace sohoa;
using namespace sohoa::bench;

namespace {

double milliseconds(const auto& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
      .count();
}

double share(std::vector<double> times, double part) {
  std::sort(times.begin(), times.end());
  const auto at = static_cast<std::size_t>(part * static_cast<double>(times.size()));
  return times[std::min(at, times.size() - 1)];
}

/// Processor time of this thread: what a question costs on a machine that others use, too. Of a
/// server it is only the asking side.
double processorMilliseconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

void reports(const Catalogue& catalogue) {
  const Day first = std::chrono::year(2021) / 1 / 1;
  const std::vector<std::pair<const char*, int>> periods = {{"month", 31},
                                                            {"quarter", 90},
                                                            {"half-year", 181},
                                                            {"year", 365},
                                                            {"all three years", kDays}};
  const std::vector<std::pair<const char*, Grouping>> groupings = {
      {"unit", Grouping::unit},
      {"procedure", Grouping::procedure},
      {"month", Grouping::month},
      {"none", Grouping::none}};
  for (const auto& [grouped, grouping] : groupings) {
    for (const auto& [period, days] : periods) {
      std::vector<double> times;
      std::int64_t received = 0;
      const double before = processorMilliseconds();
      for (int i = 0; i < 20; ++i) {
        times.push_back(milliseconds([&] {
          received = 0;
          for (const ReportRow& row : catalogue.report(
                   first, std::chrono::sys_days(first) + std::chrono::days(days - 1), grouping)) {
            received += row.received;
          }
        }));
      }
      fmt::print(
          "report by {:<10} {:<16} {:>8} dossiers  median {:7.2f} ms  slowest {:7.2f} ms  "
          "processor {:7.2f} ms each\n",
          grouped, period, received, share(times, 0.5), share(times, 1),
          (processorMilliseconds() - before) / 20);
    }
  }
}

/// Narrows by an office, a procedure, days, a state, or two of these.
SearchFilter filterOf(std::int64_t n) {
  SearchFilter filter;
  const Document like =
      documentOf(static_cast<std::int64_t>(scrambled(static_cast<std::uint64_t>(n)) % 1'000'000));
  const RegisterRow& row = *like.record.registered;
  const auto kind = n / 12 % 6;
  if (kind == 0 || kind == 4) filter.unit = row.unit;
  if (kind == 1 || kind == 5) filter.procedureCode = row.procedureCode;
  if (kind == 2 || kind == 4) {
    filter.from = row.resultDate;
    filter.to = std::chrono::sys_days(*row.resultDate) + std::chrono::days(60);
  }
  if (kind == 3 || kind == 5) filter.status = n % 2 == 0 ? "in_force" : "withdrawn";
  return filter;
}

void searches(const Catalogue& catalogue, std::int64_t questions) {
  const std::int64_t documents = catalogue.registerSize();
  std::map<std::string, std::vector<double>> times, processor;
  std::map<std::string, std::size_t> hits;
  std::vector<std::pair<double, std::string>> slowest;
  for (std::int64_t n = 0; n < questions; ++n) {
    const Question question = questionOf(n, documents);
    const bool filtered = n / 6 % 2 == 1;
    const SearchFilter filter = filtered ? filterOf(n) : SearchFilter();
    const std::string kind = question.kind + (filtered ? " + filter" : "");
    const double before = processorMilliseconds();
    const double time =
        milliseconds([&] { hits[kind] += catalogue.search(question.words, 20, filter).size(); });
    times[kind].push_back(time);
    times["all"].push_back(time);
    processor[kind].push_back(processorMilliseconds() - before);
    processor["all"].push_back(processor[kind].back());
    slowest.emplace_back(
        time, kind + ": " + question.words + " [" + filter.unit + "|" + filter.procedureCode + "|" +
                  (filter.from ? isoDay(*filter.from) : "") + "|" + filter.status + "]");
  }
  for (const auto& [kind, of] : times) {
    fmt::print(
        "search {:<17} {:>5} questions  median {:7.2f} ms  95 % {:7.2f} ms  slowest {:7.2f} ms  "
        "processor 95 % {:7.2f} ms  hits {}\n",
        kind, of.size(), share(of, 0.5), share(of, 0.95), share(of, 1),
        share(processor[kind], 0.95), hits[kind]);
  }
  std::sort(slowest.rbegin(), slowest.rend());
  slowest.resize(std::min<std::size_t>(slowest.size(), 8));
  for (const auto& [time, question] : slowest)
    fmt::print("  slow: {:7.2f} ms  {}\n", time, question);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const std::string where = argv[1];
  const auto catalogue = where.starts_with("postgresql://") ? openPostgresCatalogue(where)
                                                            : openSqliteCatalogue(where);
  reports(*catalogue);
  searches(*catalogue, argc > 2 ? std::atoll(argv[2]) : 1500);
}
