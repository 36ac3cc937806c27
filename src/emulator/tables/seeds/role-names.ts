/** May do everything. */
export const SYSTEM_ADMINISTRATOR = 'System Administrator';
/** May do everything except decide who may do what. */
export const SYSTEM_CUSTOMIZER = 'System Customizer';
