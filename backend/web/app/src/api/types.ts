/** The API's types, by their own names; made from the server's description. */
import type { components } from './schema';

type Schemas = components['schemas'];

export type Alarm = Schemas['ShownAlarm'];
export type AlarmEvent = Schemas['AlarmEvent'];
export type Backtest = Schemas['Backtest'];
export type Bin = Schemas['Bin'];
export type BinCollection = Schemas['BinCollection'];
export type BinDetail = Schemas['BinDetail'];
export type ClosureRequest = Schemas['ClosureRequest'];
export type ClosuresEvent = Schemas['ClosuresEvent'];
export type Decision = Schemas['Decision'];
export type FillPoint = Schemas['FillPoint'];
export type Forecast = Schemas['Forecast'];
export type History = Schemas['History'];
export type Hours = Schemas['Hours'];
export type JudgedForecast = Schemas['JudgedForecast'];
export type Line = Schemas['Line'];
export type Organisation = Schemas['Organisation'];
export type Overview = Schemas['Overview'];
export type Pickup = Schemas['Pickup'];
export type Place = Schemas['Place'];
export type PlanEvent = Schemas['PlanEvent'];
export type PlanJob = Schemas['PlanJob'];
export type PlanningEvent = Schemas['PlanningEvent'];
export type ReadingPoint = Schemas['ReadingPoint'];
export type Run = Schemas['Run'];
export type RunDetail = Schemas['RunDetail'];
export type RunDirections = Schemas['RunDirections'];
export type ShutStreet = Schemas['ShutStreet'];
export type Stop = Schemas['Stop'];
export type StopEvent = Schemas['StopEvent'];
export type Stretch = Schemas['Stretch'];
