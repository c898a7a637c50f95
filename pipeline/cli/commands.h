#pragma once

#include "pipeline/cli/base/command_line.h"

namespace sohoa::cli {

// Each adds its command to the application; one file each.
void addInit(Command app, Context& context);
void addRegister(Command app, Context& context);
void addScan(Command app, Context& context);
void addRun(Command app, Context& context);
void addWatch(Command app, Context& context);
void addStatus(Command app, Context& context);
void addSeparators(Command app, Context& context);
void addReviewSplit(Command review, Context& context);  ///< a subcommand of review
void addReview(Command app, Context& context);
void addSign(Command app, Context& context);
void addExtend(Command app, Context& context);
void addVerify(Command app, Context& context);
void addTrust(Command app, Context& context);
void addSearch(Command app, Context& context);
void addShow(Command app, Context& context);
void addExport(Command app, Context& context);
void addReport(Command app, Context& context);
void addAudit(Command app, Context& context);
void addCatalogue(Command app, Context& context);
void addResult(Command app, Context& context);
void addReplicas(Command app, Context& context);
void addLedger(Command app, Context& context);
void addEvents(Command app, Context& context);
void addPageWorker(Command app, Context& context);

/// All of them, in the order of the help.
void addCommands(Command root, Context& context);

}  // namespace sohoa::cli
