// Starts what the page has. Every module looks for its own elements and does nothing without them.
import { startBulk } from "./bulk.js";
import { startCharts } from "./charts.js";
import { startConnection } from "./connection.js";
import { startFilters } from "./filters.js";
import { startKeys } from "./keys.js";
import { startLive } from "./live.js";
import { startLog } from "./log.js";
import { startTimes } from "./times.js";
import { startZone } from "./zone.js";

startZone();
startTimes();
startKeys();
startFilters();
startConnection();
startBulk();
startCharts();
startLive();
startLog();
