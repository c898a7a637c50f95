#include "core/durable.h"
#include "core/texts/json.h"
#include "pipeline/cli/base/command_line.h"
#include "pipeline/cli/review/review_common.h"
#include "pipeline/common/file_names.h"
#include "pipeline/review/rescan.h"
#include "pipeline/review/rescan_list.h"
#include "pipeline/review/review.h"

namespace sohoa::cli {

using nlohmann::json;

void listRescans(Context& context, const ReviewOptions& options) {
  const Site site = context.site();
  const auto lines = rescanList(site);
  if (!options.out.empty() && !lines.empty()) {
    const auto pdf = rescanListPdf(lines, site, context.language);
    if (!pdf) return context.failed(pdf.error());
    writeFileDurably(options.out, *pdf);
    if (!context.json)
      return context.line(context.say("{} pages to be scanned again: {}", lines.size(),
                                      printable(options.out.string())));
  }
  if (!context.json) {
    if (lines.empty()) return context.line(context.tr("No page waits to be scanned again."));
    return context.text(rescanListText(lines, site, context.language));
  }
  for (const RescanLine& line : lines) {
    context.object(json{{"dossier", line.code},
                        {"batch", line.batch},
                        {"unit", line.unit},
                        {"applicant", line.applicant},
                        {"page", line.request.page},
                        {"name", printable(line.request.name)},
                        {"reason", line.request.reason},
                        {"person", line.request.person},
                        {"at", isoVietnam(line.request.at)}});
  }
}

void rescanPages(Context& context, const ReviewOptions& options) {
  const Site site = context.site();
  const HeldDossier held = requireHeld(context, site, options.code);
  if (options.withdraw == options.pages.has_value()) throw UsageError("PAGES", "");
  Result<void> done;
  if (options.withdraw) {
    done = withdrawRescan(site, held, personOf(options), options.reason);
  } else {
    const auto pages = parsePages(*options.pages, static_cast<int>(pagesOf(held.item).size()));
    if (!pages) throw UsageError("PAGES", *options.pages);
    done = requestRescan(site, held, *pages, personOf(options), options.reason);
  }
  if (!done) return refused(context, held.code, done.error());
  const std::size_t waiting = requireHeld(context, site, options.code).rescans.size();
  if (context.json) {
    return context.object(json{{"event", "rescan"}, {"dossier", held.code}, {"waiting", waiting}});
  }
  if (waiting == 0)
    return context.line(context.say("{}: no page waits to be scanned again.", held.code));
  context.line(context.say("{}: {} pages wait to be scanned again (sohoa review list --rescan).",
                           held.code, waiting));
}

void mergePageAgain(Context& context, const ReviewOptions& options) {
  const Site site = context.site();
  const HeldDossier held = requireHeld(context, site, options.code);
  const Config& config = site.config();
  WorkerProcess inspector({context.program, config.recognition.tessdata, config.recognition.model,
                           config.recognition.workerMemoryMegabytes, false});
  const auto done =
      mergePage(site, held, options.page, options.file, inspector, personOf(options),
                options.reason.empty() ? std::string(context.tr("scanned again")) : options.reason);
  if (!done && done.error().cause == Cause::reviewPage) throw UsageError("PAGE", done.error().item);
  if (!done) return refused(context, held.code, done.error());
  if (context.json) {
    return context.object(json{{"event", "merged"},
                               {"dossier", held.code},
                               {"page", options.page},
                               {"name", printable(done->name)},
                               {"waiting", done->waiting},
                               {"files", done->files}});
  }
  context.line(context.say("{}: page {} is {} now; {} pages still wait.", held.code, options.page,
                           printable(done->name), done->waiting));
  context.line(done->files ? context.say("{} is read and judged anew with the next run.", held.code)
                           : context.say("{} still waits for a decision.", held.code));
}

}  // namespace sohoa::cli
