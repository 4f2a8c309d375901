import { z } from 'zod'

/** The small value types that every schema shares. Dates are calendar days in Korea, instants are UTC. */

/** In small letters only: two spellings of one id would be two things in memory and one in a database. */
export const uuidSchema = z.uuid().refine((id) => id === id.toLowerCase())

/** A calendar day, `YYYY-MM-DD`, that exists. */
export const dateSchema = z.iso.date()
export type IsoDate = string

/** An instant, ISO 8601 in UTC. */
export const instantSchema = z.iso.datetime()
export type IsoInstant = string

/** 자치구 code: five digits, `11680` for 강남구. */
export const districtCodeSchema = z.string().regex(/^11\d{3}$/)
export type DistrictCode = string

/** 행정동 code: ten digits, the first five are the 자치구. */
export const dongCodeSchema = z.string().regex(/^11\d{8}$/)
export type DongCode = string
